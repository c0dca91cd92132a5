import type { KubeObject } from '@luban-ci/kube';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { hasProgram, temporaryFolder, writeTree } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { type SetUpWorld, setUpWorld } from '../testing/set-up-world.fixture.ts';

/** Milliseconds for two forges' worth of set-up on a busy machine. */
const patience = 300_000;
const place = { gitOrganization: 'metasync', gitProvider: 'gitea' };
const access = { developerGroups: ['devs', "o'hara\\team"], adminGroups: ['leads'], createTestUsers: 'yes' };
const project = { ...place, ...access, projectName: 'payment' };
const config = { build_namespace_pattern: 'ci-<project>', cilium_egress_gateway_policy: 'out' };

const Manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});
type Manifest = z.output<typeof Manifest>;

/** What Argo CD would apply for an overlay of the repository as it is on main. */
async function built(world: SetUpWorld, repository: string, overlay: string): Promise<Manifest[]> {
  await using folder = await temporaryFolder();
  const paths = (await world.git(repository, ['ls-tree', '-r', '--name-only', 'main'])).trimEnd().split('\n');
  const files = await Promise.all(
    paths.map(async (path) => [path, await world.git(repository, ['show', `main:${path}`])] as const),
  );
  await writeTree(folder.path, Object.fromEntries(files));
  const run = await runProgram('kubectl', ['kustomize', folder.at(...overlay.split('/'))], {
    ...{ cwd: folder.path, env: plainEnvironment() },
  });
  if (run.exitCode !== 0) throw new Error(run.stderr);
  return parseAllDocuments(run.stdout).map((document) => Manifest.parse(document.toJS()));
}

/** The same object as the cluster has it, without what a cluster and set-up's own marks add. */
async function live(world: SetUpWorld, { apiVersion, kind, metadata: { name, namespace } }: Manifest) {
  const found = await world.kube.read({ apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) });
  return found === undefined ? `there is no ${kind} ${name}` : comparable(found);
}

/** What says the same: Secrets and configuration come by other ways, and marks are set-up's own. */
function comparable(object: KubeObject | Manifest): unknown {
  const { apiVersion, kind } = object;
  const { name, namespace } = object.metadata;
  const labels = withoutMarks(object.metadata['labels']);
  const annotations = withoutMarks(object.metadata['annotations']);
  const isFilled = kind === 'Secret' || (kind === 'ConfigMap' && name !== 'workflow-semaphores');
  const content = isFilled
    ? { type: object['type'] }
    : { ...object, metadata: undefined, secrets: undefined, status: undefined };
  const text = JSON.stringify({ ...content, apiVersion, kind, name, namespace, labels, annotations });
  return JSON.parse(text);
}

function withoutMarks(given: unknown): Record<string, unknown> {
  const foreign =
    /^(luban-ci\.io\/(made-by|owner|fields)|replicator\.v1\.mittwald\.de|kpack\.io|kubernetes\.io\/metadata\.name)/;
  return Object.fromEntries(Object.entries(Object(given)).filter(([key]) => !foreign.test(key)));
}

describe.skipIf(!hasProgram('kubectl'))('kubectl: what an overlay comes to', { timeout: patience }, () => {
  test.each([
    ['ci', 'luban-infra-ci', 'ci-payment', 'snd'],
    ['cd', 'luban-infra-cd', 'prd-payment', 'prd'],
  ])(
    'in the infra repository of type %s is what setup-namespace makes',
    async (infraType, repository, namespace, deployEnv) => {
      await using world = await setUpWorld();
      for (const name of ['harbor-creds', 'harbor-ro-creds'])
        await world.secret(name, { '.dockerconfigjson': '{}' }, 'kubernetes.io/dockerconfigjson');
      await world.secret('gitea-creds', { username: 'robot', token: 'a-token-nobody-may-see' });
      await world.run('setup-namespace', { ...project, deployEnv }, { config });
      await world.run('setup-infra-repo', { ...place, infraType }, { config });
      await world.run('update-infra-repo', { ...project, infraType, deployEnv }, { config });

      const objects = await built(world, repository, `overlays/${namespace}`);

      const there = await Promise.all(objects.map((each) => live(world, each)));
      expect(objects.map(comparable)).toEqual(there);
      expect(objects.length).toBeGreaterThan(12);
    },
  );
});
