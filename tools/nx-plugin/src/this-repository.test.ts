import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { stepIds } from '@luban-ci/steps';
import { temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { devRow, layers, roomsBelow } from './boundaries/layers.ts';
import { readWorkspace } from './boundaries/read-workspace.ts';
import { brokenRules, unusedDependencies } from './boundaries/rules.ts';
import { architectureNow } from './boundaries/write-layer-table.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const workspace = await readWorkspace(root);

test('every import keeps the rules', () => {
  expect(brokenRules(workspace)).toEqual([]);
});

test('every dependency is used', () => {
  expect(unusedDependencies(workspace)).toEqual([]);
});

test('every package says the layer that the table puts it in', () => {
  const said = Object.entries(workspace.rooms).map(([room, { luban }]) => [room, luban?.layer]);

  const wanted = Object.entries({ ...layers, dev: devRow }).flatMap(([layer, rooms]) =>
    rooms.map((room) => [room, layer]),
  );
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(wanted));
});

test('the architecture page shows the table ("make generate" prints it)', async () => {
  const { is, should } = await architectureNow(root, workspace);

  expect(is).toBe(should);
});

const Graph = z.object({
  graph: z.object({ dependencies: z.record(z.string(), z.array(z.object({ target: z.string() }))) }),
});

test('the graph that nx draws, offline and without its daemon, has these arrows and no others', async () => {
  await using folder = await temporaryFolder();
  const env = {
    ...plainEnvironment(),
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
    NX_WORKSPACE_DATA_DIRECTORY: folder.at('data'),
  };

  const nx = `${root}node_modules/nx/dist/bin/nx.js`;
  const drawn = await runProgram(process.execPath, [nx, 'graph', `--file=${folder.at('graph.json')}`], {
    cwd: root,
    env,
  });

  expect(drawn).toMatchObject({ exitCode: 0 });
  const { dependencies } = Graph.parse(JSON.parse(await readFile(folder.at('graph.json'), 'utf8'))).graph;
  const targets = (project: string): string[] => (dependencies[project] ?? []).map(({ target }) => target).sort();
  for (const id of stepIds) expect(targets(`action-${id}`)).toEqual(['@luban-ci/hosts', '@luban-ci/steps']);
  expect(targets('workflow-luban-ci-kpack-template')).toEqual(['workflow-luban-steps-v1']);
  expect(targets('workflow-luban-steps-v1')).toEqual(['@luban-ci/steps']);
  for (const [room, { name, devDependencies }] of Object.entries(workspace.rooms)) {
    const listed = targets(name).filter((target) => !Object.hasOwn(devDependencies, target));
    const allowed = roomsBelow(room)?.map((below) => `@luban-ci/${below}`) ?? [];
    expect(listed.filter((target) => !allowed.includes(target))).toEqual([]);
  }
}, 60_000);
