import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { inputShapeOf, type StepResult, silentLog } from '@luban-ci/core';
import { createRegistryClient, digestOf, mediaTypes, parseReference, type RegistryClient } from '@luban-ci/images';
import { type Playground, startPlayground } from '@luban-ci/playground';
import { type FileTree, fixedClock, type TemporaryFolder, temporaryFolder } from '@luban-ci/testing';
import { capabilities } from '../capabilities/capabilities.ts';
import { loadStep, type StepId } from '../load-step.ts';
import { importOf, plainGit } from './plain-git.fixture.ts';
import { type RunOptions, runStep } from './run-step.fixture.ts';

export const token = 'a-token-nobody-may-see';

/** A playground with a luban-config of its own, for all tests of one file; each test takes repositories of its own. */
export interface DeliveryWorld extends AsyncDisposable {
  playground: Playground;
  folder: TemporaryFolder;
  registry: RegistryClient;
  /** Makes a repository of `metasync` whose further branches start from the first one. @returns its address */
  repository(name: string, branches: Record<string, FileTree>): Promise<string>;
  /** Commits files to a branch as somebody with a clone would. @returns the commit */
  commit(name: string, branch: string, files: FileTree, message?: string, author?: string): Promise<string>;
  git(name: string, args: readonly string[], input?: string): Promise<string>;
  file(name: string, branch: string, path: string): Promise<string>;
  /** Every ref with what it stands for: equal texts mean that nothing was pushed. */
  refs(name: string): Promise<string>;
  /** Calls the forge's own API as the administrator. */
  api(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  /** A small image under a tag. @returns its digest */
  image(reference: string, label?: string): Promise<string>;
  /** A file with luban-config, the world's own with these keys on top. */
  config(keys: Record<string, string>): Promise<string>;
  /** Runs a step with the world's configuration and credentials, as far as the step takes them. */
  run(id: StepId, inputs: Record<string, unknown>, options?: RunOptions): Promise<StepResult<Record<string, unknown>>>;
}

export async function deliveryWorld(): Promise<DeliveryWorld> {
  const folder = await temporaryFolder();
  const users = [
    { name: 'ci', token, admin: true },
    { name: 'guest', token: 'token-of-guest' },
  ];
  const playground = await startPlayground({ folder: folder.at('playground'), users });
  const credentials = () => ({ kind: 'basic', username: 'ci', password: token }) as const;
  const registry = createRegistryClient({ clock: fixedClock(), log: silentLog, credentials });
  const git: DeliveryWorld['git'] = (name, args, input) =>
    plainGit(folder.at('playground', 'repositories', 'metasync', `${name}.git`), args, input);
  const commit = committer(git);
  const config = await configWriter(folder, playground);
  const configPath = await config({});
  return {
    ...{ playground, folder, registry, git, commit, config },
    repository: async (name, branches) => {
      const url = await playground.createRepository('metasync', name);
      const [[first = ''] = [], ...others] = Object.entries(branches);
      const froms = new Map(others.map(([branch]) => [branch, `refs/heads/${first}`]));
      const commits = Object.entries(branches).map(([branch, files]) =>
        importOf({ branch, from: froms.get(branch) ?? '', files, message: `Start ${branch}`, author: 'Ada' }),
      );
      if (commits.length > 0) await git(name, ['fast-import', '--quiet'], commits.join(''));
      return url;
    },
    file: (name, branch, path) => git(name, ['show', `${branch}:${path}`]),
    refs: (name) => git(name, ['for-each-ref', '--format=%(objectname) %(refname)']),
    api: (method, path, body) => callApi(playground, method, path, body),
    image: (reference, label = 'test') => pushImage(registry, reference, label),
    run: async (id, inputs, options) =>
      runStep(
        id,
        { ...(await commonInputs(id, { configPath, registryServer: playground.registry })), ...inputs },
        options,
      ),
    [Symbol.asyncDispose]: async () => {
      await playground[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** What every call gives as far as the step takes it. */
async function commonInputs(
  id: StepId,
  given: { configPath: string; registryServer: string },
): Promise<Record<string, unknown>> {
  const known = inputShapeOf((await loadStep(id)).contract, capabilities);
  const common = {
    ...given,
    gitToken: token,
    gitProvider: 'gitea',
    registryUsername: 'ci',
    registryPassword: token,
  };
  return Object.fromEntries(Object.entries(common).filter(([name]) => name in known));
}

function committer(git: DeliveryWorld['git']): DeliveryWorld['commit'] {
  return async (name, branch, files, message = 'Change', author = 'Ada') => {
    const tip = (await git(name, ['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`])).trim();
    await git(name, ['fast-import', '--quiet'], importOf({ branch, from: tip, files, message, author }));
    return (await git(name, ['rev-parse', `refs/heads/${branch}`])).trim();
  };
}

async function configWriter(folder: TemporaryFolder, playground: Playground): Promise<DeliveryWorld['config']> {
  const defaults = {
    registry_server: playground.registry,
    default_git_provider: 'gitea',
    gitea_server: playground.registry,
    gitea_base_url: playground.url,
    builder: 'append',
  };
  await mkdir(folder.at('configs'));
  return async (keys) => {
    const path = folder.at('configs', `${randomUUID()}.json`);
    await writeFile(path, JSON.stringify({ ...defaults, ...keys }));
    return path;
  };
}

async function callApi(
  playground: Playground,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const headers = { authorization: `token ${token}`, 'content-type': 'application/json' };
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${playground.url}/api/v1/${path}`, {
    method,
    headers,
    ...content,
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** An image without layers, different for each label. */
async function pushImage(registry: RegistryClient, reference: string, label: string): Promise<string> {
  const { tag, ...repository } = parseReference(reference);
  const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  const config = bytes({
    architecture: 'amd64',
    os: 'linux',
    config: { Env: ['PATH=/usr/local/bin', 'PYTHON_VERSION=3.13.0'], Labels: { label } },
    rootfs: { type: 'layers', diff_ids: [] },
  });
  await registry.uploadBlob(repository, { bytes: config });
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    config: { mediaType: mediaTypes.ociConfig, digest: digestOf(config), size: config.byteLength },
    layers: [],
  };
  const stored = { bytes: bytes(manifest), mediaType: mediaTypes.ociManifest };
  return (await registry.putManifest(repository, stored, tag)).digest;
}
