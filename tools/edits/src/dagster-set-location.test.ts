import { expect, test } from 'vitest';
import { readDagsterLocations } from './dagster-set-location.ts';
import { applyEdit, type EditInput, parseEdit } from './edit.ts';
import { type Files, textFile, textOf, withChanges } from './files.ts';

const folder = 'app/overlays/snd';
const workspace = `${folder}/workspace.yaml`;
const kustomization = `${folder}/kustomization.yaml`;
const empty = '# The code locations.\nload_from: []\n';
const generated =
  'resources:\n  - ../../base\n\n# Ours.\nconfigMapGenerator:\n  - name: dagster-platform-workspace\n    files:\n      - workspace.yaml\n';

const edit = (location: string, server: { host: string; port: number } | null): EditInput => ({
  ...{ kind: 'dagster-set-location', version: 1, folder, configMap: 'dagster-platform-workspace' },
  ...{ location, server },
});
const set = (location: string, port = 3000): EditInput => edit(location, { host: `${location}.snd-data`, port });
const tree = (files: Record<string, string>): Files =>
  new Map(Object.entries(files).map(([path, text]) => [path, textFile(text)]));
const overlay = (text: string): Files => tree({ [workspace]: text, [kustomization]: generated });

/** The files after edits, and whether the last of them changed any. */
function applied(files: Files, ...edits: EditInput[]): { texts: Record<string, string>; last: string | undefined } {
  let last: string | undefined;
  const after = edits.reduce((current, each) => {
    const outcome = applyEdit(parseEdit(each), current);
    last = outcome.outcome;
    return outcome.outcome === 'changed' ? withChanges(current, outcome.changes) : current;
  }, files);
  return { texts: Object.fromEntries([...after].map(([path, file]) => [path, textOf(file, path)])), last };
}

test('a location is added, found there the second time, moved and taken out, and nothing else changes', () => {
  const added = applied(overlay(empty), set('etl-jobs'));
  const again = applied(overlay(empty), set('etl-jobs'), set('etl-jobs'));
  const moved = applied(overlay(empty), set('etl-jobs'), set('etl-jobs', 4000));
  const removed = applied(overlay(empty), set('etl-jobs'), edit('etl-jobs', null));
  const absent = applied(overlay(empty), edit('etl-jobs', null));

  const text = (port: number) =>
    `# The code locations.\nload_from:\n- grpc_server:\n    host: etl-jobs.snd-data\n    port: ${port}\n    location_name: etl-jobs\n`;
  expect(added).toEqual({ texts: { [workspace]: text(3000), [kustomization]: generated }, last: 'changed' });
  expect(again).toEqual({ texts: added.texts, last: 'unchanged' });
  expect(moved.texts[workspace]).toBe(text(4000));
  expect(removed).toEqual({ texts: { [workspace]: empty, [kustomization]: generated }, last: 'changed' });
  expect(absent.last).toBe('unchanged');
});

test('others and their layout stay as they are, byte for byte', () => {
  const text =
    '\ufeff# Ours\r\nload_from:\r\n    # first\r\n    - grpc_server: {host: "a", port: 4000, location_name: a} # mine\r\n    - python_module: local\r\n\r\n# end';

  const added = applied(overlay(text), set('etl-jobs')).texts[workspace];
  const removed = applied(overlay(text), set('etl-jobs'), edit('etl-jobs', null)).texts[workspace];
  const moved = applied(overlay(text), edit('a', { host: 'b', port: 3000 })).texts[workspace];

  expect(added).toBe(
    text.replace(
      'local\r\n',
      'local\r\n    - grpc_server:\r\n        host: etl-jobs.snd-data\r\n        port: 3000\r\n        location_name: etl-jobs\r\n',
    ),
  );
  expect(removed).toBe(text);
  expect(moved).toBe(text.replace('"a", port: 4000', '"b", port: 3000'));
});

test('an overlay without a workspace file gets one, and its kustomization makes a ConfigMap of it', () => {
  const bare = 'resources: [../../base]\n';

  const made = applied(tree({ [kustomization]: bare }), set('etl-jobs')).texts;
  const listed = applied(tree({ [kustomization]: generated }), set('etl-jobs')).texts;
  const beside = applied(tree({ [kustomization]: generated.replace('platform-workspace', 'other') }), set('etl-jobs'));

  expect(made[kustomization]).toBe(
    `${bare}configMapGenerator:\n- name: dagster-platform-workspace\n  files:\n  - workspace.yaml\n`,
  );
  expect(made[workspace]).toContain('location_name: etl-jobs\n');
  expect(listed[kustomization]).toBe(generated);
  expect(beside.texts[kustomization]).toBe(
    `${generated.replace('platform-workspace', 'other')}  - name: dagster-platform-workspace\n    files:\n      - workspace.yaml\n`,
  );
  expect(applied(tree({ [kustomization]: bare }), edit('etl-jobs', null)).last).toBe('unchanged');
});

test('what a workspace file names is read, a server without a name as Dagster calls it', () => {
  const text =
    'load_from:\n- python_module: local\n- grpc_server: {host: a, port: 1}\n- grpc_server: {host: b, location_name: named}\n';

  expect(readDagsterLocations(text, 'w.yaml')).toEqual([
    { name: 'grpc:a:1', host: 'a', port: '1' },
    { name: 'named', host: 'b' },
  ]);
  expect(readDagsterLocations('load_from:\n', 'w.yaml')).toEqual([]);
});

test('a file that is no workspace, a name that stands twice and a folder that is no overlay are refused', () => {
  const twice = 'load_from:\n- grpc_server: {location_name: a}\n- grpc_server: {location_name: a}\n';

  expect(() => applied(overlay('load_from: x\n'), set('a'))).toThrow('it has no list as load_from');
  expect(() => applied(overlay(twice), set('a'))).toThrow('names the code location a more than once');
  expect(() => applied(tree({}), set('a'))).toThrow(`${folder} has no kustomization.yaml`);
  expect(() => parseEdit({ ...set('a'), location: '' })).toThrow('this edit cannot be used');
});
