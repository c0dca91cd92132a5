import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readTree, temporaryFolder, writeTree } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { updateFiles } from './update-files.ts';
import { withProvider } from './with-provider.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

const template = `# What a team has.
kind: WorkflowTemplate
spec:
  arguments:
    parameters:
      - name: git_provider
        value: "github"   # the default
        enum: [github, gitlab]
      - {name: git_creds_secret, value: github-creds}
      - name: other
        value: github
  templates:
    - name: main
      inputs: {parameters: [{name: git_provider, value: github}]}
`;

test('the defaults of a template change, and no other byte of it', () => {
  const changed = withProvider(template, 'template.yaml', 'azure');

  expect(changed).toBe(
    template.replace('value: "github"', 'value: "azure"').replace('value: github-creds}', 'value: azure-creds}'),
  );
  expect(withProvider(changed, 'template.yaml', 'azure')).toBe(changed);
});

test('a Secret that somebody chose stays, and so does what is no template', () => {
  const chosen = template.replace('github-creds', 'team-creds');
  const other = 'kind: ConfigMap\nmetadata: {name: mine}\ndata: {default_git_provider: github}\n';

  expect(withProvider(chosen, 'template.yaml', 'gitlab')).toBe(chosen.replace('"github"', '"gitlab"'));
  expect(withProvider(other, 'other.yaml', 'gitlab')).toBe(other);
});

test('every template that ships can be switched there and back; a check names the files and writes none', async () => {
  await using folder = await temporaryFolder();
  const names = (await readdir(`${root}workflows`)).filter((name) => name.endsWith('-template'));
  const paths = ['manifests/base/luban-config.yaml', ...names.map((name) => `workflows/${name}/template.yaml`)];
  const files = await Promise.all(paths.map(async (path) => [path, await readFile(`${root}${path}`, 'utf8')] as const));
  await writeTree(folder.path, Object.fromEntries(files));
  const before = await readTree(folder.path);

  const settled = await updateFiles(folder.path, { provider: undefined, isCheck: true });
  const checked = await updateFiles(folder.path, { provider: 'azure', isCheck: true });
  const untouched = await readTree(folder.path);
  const there = await updateFiles(folder.path, { provider: 'azure', isCheck: false });
  const again = await updateFiles(folder.path, { provider: undefined, isCheck: true });
  const azure = await readTree(folder.path);
  await updateFiles(folder.path, { provider: 'github', isCheck: false });

  const withDefaults = files.filter(([, text]) =>
    /value: github$|value: github-creds$|default_git_provider/m.test(text),
  );
  expect(settled).toEqual({ provider: 'github', changed: [] });
  expect(checked.changed.toSorted()).toEqual(withDefaults.map(([path]) => path).toSorted());
  expect(there.changed).toEqual(checked.changed);
  expect(untouched).toEqual(before);
  expect(again).toEqual({ provider: 'azure', changed: [] });
  expect(JSON.stringify(azure)).not.toMatch(/value: github\b/);
  expect(await readTree(folder.path)).toEqual(before);
});

test('a provider that nobody knows is refused', async () => {
  await expect(updateFiles(root, { provider: 'bitbucket', isCheck: true })).rejects.toThrow(
    'PROVIDER is "bitbucket"; expected one of github, gitlab, azure, ado, gitea',
  );
});
