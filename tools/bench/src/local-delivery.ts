import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { silentLog, systemClock } from '@luban-ci/core';
import { createForge, type Forge } from '@luban-ci/forge';
import { createRegistryClient } from '@luban-ci/images';
import { type Playground, startPlayground } from '@luban-ci/playground';
import { renderTemplate } from '@luban-ci/scaffold';
import { z } from 'zod';
import { pushBase } from './base-image.ts';
import type { BenchPlace } from './place.ts';

/** The pipeline of an application, and its promotion, by `luban run` on a playground. */
export interface LocalDelivery extends AsyncDisposable {
  /** A commit goes through both; answers milliseconds, without the commit itself and the merge afterwards. */
  commitToPullRequest(): Promise<number>;
}

const [organization, app, token] = ['metasync', 'bench-pipeline', 'token-of-nobody'];
const names = { project_name: app, app_name: app };
const ofForge = { git_provider: 'gitea', git_creds_secret: 'gitea-creds' };
const gitops = { owner: organization, repository: `${app}-gitops` };
const git = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];

/** The application is the one that e2e/measure takes through the same templates in a cluster. */
export async function localDelivery(place: BenchPlace): Promise<LocalDelivery> {
  const playground = await startPlayground({ folder: join(place.folder, 'playground') });
  const options = { baseUrl: playground.url, token, clock: systemClock, log: silentLog };
  const forge = await createForge('gitea', { ...options, signal: AbortSignal.timeout(3_600_000) });
  const source = await pushApplication(place, playground);
  await forge.protectBranch(gitops, 'main', { requiredApprovals: 0, requiredStatusChecks: [] });
  const values = join(place.folder, 'values.yaml');
  await writeFile(values, await valuesFor(playground));
  let turn = 0;
  return {
    commitToPullRequest: async () => {
      turn += 1;
      await pushVersion(place, source, `0.1.${turn}`);
      const start = performance.now();
      await lubanRun(place, values, 'luban-ci-kpack-template', { ...pipelineOf(playground), ...names, ...ofForge });
      const promoted = await lubanRun(place, values, 'luban-promotion-template', { ...names, ...ofForge });
      const took = performance.now() - start;
      await merge(forge, promoted);
      return took;
    },
    [Symbol.asyncDispose]: () => playground[Symbol.asyncDispose](),
  };
}

/** Source and GitOps repository from the templates. Answers a clone of the source. */
async function pushApplication(place: BenchPlace, playground: Playground): Promise<string> {
  const source = join(place.folder, 'source');
  const sourceUrl = await playground.createRepository(organization, app);
  await writeTemplate(place, 'luban-python-template', { ...names, python_version: '3.13' }, source);
  await firstPush(place, source, sourceUrl, ['main']);
  const overlays = join(place.folder, 'gitops');
  const gitopsUrl = await playground.createRepository(organization, gitops.repository, { defaultBranch: 'develop' });
  const registry = { registry_server: playground.registry };
  await writeTemplate(place, 'luban-gitops-template', { ...names, ...registry }, overlays);
  await firstPush(place, overlays, gitopsUrl, ['main', 'develop']);
  return source;
}

async function writeTemplate(
  place: BenchPlace,
  template: string,
  values: Record<string, string>,
  folder: string,
): Promise<void> {
  const { files } = await renderTemplate(join(place.root, 'gitops-template', template), values);
  for (const { path, content } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

async function firstPush(place: BenchPlace, cwd: string, url: string, branches: readonly string[]): Promise<void> {
  await place.start('git', ['init', '--quiet', '--initial-branch', 'main'], { cwd });
  await place.start('git', ['add', '--all'], { cwd });
  await place.start('git', [...git, 'commit', '--quiet', '--message', 'Begin with the template'], { cwd });
  await place.start('git', ['remote', 'add', 'origin', url], { cwd });
  await place.start('git', ['push', '--quiet', 'origin', ...branches.map((branch) => `main:${branch}`)], { cwd });
}

async function pushVersion(place: BenchPlace, cwd: string, version: string): Promise<void> {
  const file = join(cwd, 'src', app.replaceAll('-', '_'), '__init__.py');
  await writeFile(file, `"""Measured."""\n\n__version__ = "${version}"\n`);
  await place.start('git', [...git, 'commit', '--quiet', '--all', '--message', `Version ${version}`], { cwd });
  await place.start('git', ['push', '--quiet', 'origin', 'main'], { cwd });
}

function pipelineOf(playground: Playground): Record<string, string> {
  return { repo_url: playground.cloneUrl(organization, app), git_ref: 'refs/heads/main', builder: 'append' };
}

/** ConfigMaps and Secrets that project and app setup would have made in the cluster. */
async function valuesFor(playground: Playground): Promise<string> {
  const client = createRegistryClient({ clock: systemClock, log: silentLog });
  const host = playground.registry;
  const docker = { auths: { [host]: { username: 'luban', password: token } } };
  const configuration = {
    registry_server: host,
    build_base_image: await pushBase(client, host),
    default_git_provider: 'gitea',
    gitea_server: host,
    gitea_base_url: playground.url,
  };
  const source = `source: ${playground.cloneUrl(organization, app)}`;
  const objects = [
    { kind: 'ConfigMap', metadata: { name: 'luban-config' }, data: configuration },
    { kind: 'ConfigMap', metadata: { name: 'luban-repositories' }, data: { [`${app}.${app}`]: source } },
    { kind: 'ConfigMap', metadata: { name: 'workflow-semaphores' }, data: { 'kpack-builds': '2' } },
    { kind: 'Secret', metadata: { name: 'gitea-creds' }, stringData: { username: 'luban', token } },
    {
      kind: 'Secret',
      metadata: { name: 'harbor-creds' },
      stringData: { '.dockerconfigjson': JSON.stringify(docker) },
    },
  ];
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

const Ended = z.object({
  nodes: z.array(z.object({ outputs: z.record(z.string(), z.string().optional()).default({}) })),
});
type Ended = z.output<typeof Ended>;

async function lubanRun(
  place: BenchPlace,
  values: string,
  template: string,
  parameters: Record<string, string>,
): Promise<Ended> {
  const given = Object.entries(parameters).flatMap(([name, value]) => ['-p', `${name}=${value}`]);
  const args = [place.luban, 'run', template, '-n', `snd-${app}`, '--values', values, ...given];
  const env = { NODE_COMPILE_CACHE: join(place.folder, 'compiled') };
  return Ended.parse(JSON.parse(await place.start(process.execPath, args, { env })));
}

/** The next turn's promotion is a change of its own. */
async function merge(forge: Forge, { nodes }: Ended): Promise<void> {
  const number = Number(nodes.find(({ outputs }) => outputs['number'])?.outputs['number']);
  const request = await forge.getChangeRequest(gitops, number);
  if (request?.state !== 'open') throw new Error(`the promotion has not opened a pull request (${number})`);
  await forge.mergeChangeRequest(gitops, number, { expectedHead: request.head, method: 'merge' });
}
