import { expect, test } from 'vitest';
import { type Manifest, packageOf, type Workspace } from './read-workspace.ts';
import { brokenRules, unusedDependencies } from './rules.ts';

function manifest(name: string, lists: Partial<Manifest> = {}): Manifest {
  return { name: `@luban-ci/${name}`, description: '', dependencies: {}, devDependencies: {}, ...lists };
}

/** A workspace whose packages list whatever is asked for. */
function workspaceOf(sources: Record<string, string[]>, lists: Record<string, Partial<Manifest>> = {}): Workspace {
  const everything = Object.fromEntries(
    Object.values(sources)
      .flat()
      .map((name) => [packageOf(name), '1']),
  );
  const names = ['core', 'process', 'git', 'edits', 'forge', 'kube', 'steps', 'hosts', 'bench'];
  return {
    rooms: Object.fromEntries(names.map((name) => [name, manifest(name, lists[name] ?? { dependencies: everything })])),
    root: manifest('root', { devDependencies: { vitest: '5' } }),
    sources: Object.entries(sources).map(([path, imports]) => ({ path, imports })),
  };
}

test('what points down, or stands beside its name in the table, is fine', () => {
  const workspace = workspaceOf({
    'tools/steps/src/checkout/run.ts': ['@luban-ci/git', '../commit-of.ts', 'node:path'],
    'tools/git/src/land.ts': ['@luban-ci/edits', '@luban-ci/core'],
    'tools/git/src/land.test.ts': ['@luban-ci/testing', 'vitest', '@luban-ci/hosts'],
    'tools/bench/src/main.ts': ['@luban-ci/steps'],
    'actions/checkout/src/main.ts': ['@luban-ci/hosts'],
  });

  expect(brokenRules(workspace)).toEqual([]);
});

test('an arrow that points up or sideways is told with its file', () => {
  const workspace = workspaceOf({
    'tools/forge/src/a.ts': ['@luban-ci/git', '@luban-ci/steps', '@luban-ci/testing'],
  });

  const rule = 'forge may use only what is below it, or named beside it, in the layer table';
  expect(brokenRules(workspace)).toEqual([
    `tools/forge/src/a.ts imports @luban-ci/git: ${rule}`,
    `tools/forge/src/a.ts imports @luban-ci/steps: ${rule}`,
    'tools/forge/src/a.ts imports @luban-ci/testing: only tests use the dev row',
  ]);
});

test('a step that uses a sibling, and a path into another package, are told', () => {
  const workspace = workspaceOf({
    'tools/steps/src/promote/step.ts': [],
    'tools/steps/src/verify/step.ts': [],
    'tools/steps/src/verify/run.ts': ['../promote/plan.ts', '../../../git/src/land.ts', './step.ts'],
  });

  expect(brokenRules(workspace)).toEqual([
    'tools/steps/src/verify/run.ts imports ../../../git/src/land.ts: another package is imported by its name',
    'tools/steps/src/verify/run.ts imports ../promote/plan.ts: a step never uses a sibling step; what both need lives beside them',
  ]);
});

test('packages that were bought for one place are told elsewhere, in tests too', () => {
  const workspace = workspaceOf({
    'tools/hosts/src/cli/log.ts': ['@actions/core'],
    'tools/steps/src/a.test.ts': ['@kubernetes/client-node', 'zx/core'],
    'tools/kube/src/client.ts': ['@kubernetes/client-node'],
  });

  expect(brokenRules(workspace)).toEqual([
    'tools/hosts/src/cli/log.ts imports @actions/core: only tools/hosts/src/github-action/ does',
    'tools/steps/src/a.test.ts imports @kubernetes/client-node: only tools/kube/ does',
    'tools/steps/src/a.test.ts imports zx/core: only tools/process/ does',
  ]);
});

test('what is imported and not listed, and what is listed and not imported, are told', () => {
  const workspace = workspaceOf(
    { 'tools/core/src/a.ts': ['zod/mini', 'vitest'], 'tools/core/src/a.test.ts': ['vitest', 'yaml'] },
    { core: { dependencies: { yaml: '2', ajv: '8' }, devDependencies: { zx: '8' } } },
  );

  expect(brokenRules(workspace)).toEqual([
    'tools/core/src/a.ts imports vitest: @luban-ci/core does not list it in package.json',
    'tools/core/src/a.ts imports zod/mini: @luban-ci/core does not list it in package.json',
  ]);
  expect(unusedDependencies(workspace).filter((each) => each.startsWith('tools/core/'))).toEqual([
    'tools/core/package.json lists yaml, but only tests import it',
    'tools/core/package.json lists ajv, but nothing imports it',
    'tools/core/package.json lists zx for development, but nothing imports it',
  ]);
});
