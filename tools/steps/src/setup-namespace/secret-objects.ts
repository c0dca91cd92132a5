import type { KubeObject, WantedObject, WritableKube } from '@luban-ci/kube';
import { z } from 'zod';
import type { Place } from './place.ts';

/** The credentials of a namespace, and the accounts that use them. */
export interface Credentials {
  objects: WantedObject[];
  /** Stubs that somebody else fills: their data is ours only to begin with. */
  stubs: WantedObject[];
  /** Names of those that builds or clusters cannot do without. */
  missing: string[];
}

const pushSecret = 'harbor-creds';

/** What of the wanted Secrets is there, for a project by itself or for all. */
export async function credentialObjects(kube: WritableKube, place: Place): Promise<Credentials> {
  const { config } = place.conventions;
  const { needed, wanted } = secretNames(place);
  const found = await Promise.all(wanted.map(async (name) => ({ name, source: await sourceOf(kube, name, place) })));
  const sources = found.flatMap(({ name, source }) => (source === undefined ? [] : [{ name, source }]));
  const missing = needed.filter((name) => !sources.some((each) => each.name === name));
  const isCopy = config.secret_distribution === 'copy';
  const gitLogin = sources.find(({ name }) => name === `${place.provider}-creds`)?.source;
  const kpackLogin = isCopy && place.isBuild && gitLogin !== undefined ? kpackGitSecret(gitLogin, place) : [];
  const secrets = sources.map(({ name, source }) => (isCopy ? copyOf : stubOf)(name, source, place));
  const names = [...sources.map(({ name }) => name), ...kpackLogin.map(({ metadata }) => metadata.name)];
  return {
    objects: [...(isCopy ? secrets : []), ...kpackLogin, ...accounts(place, names)],
    stubs: isCopy ? [] : secrets,
    missing,
  };
}

function secretNames({ isBuild, provider, conventions: { config } }: Place): { needed: string[]; wanted: string[] } {
  const needed = [config.image_pull_secret, ...(isBuild ? [pushSecret, `${provider}-creds`] : [])];
  const wanted = [...needed, ...(isBuild ? [...config.build_secrets, `${provider}-ssh-creds`] : [])];
  return { needed: [...new Set(needed)], wanted: [...new Set(wanted)] };
}

/** upstream-S3: a project's own account wins over one that opens every project. */
async function sourceOf(kube: WritableKube, name: string, { project, inputs }: Place): Promise<KubeObject | undefined> {
  const place = { apiVersion: 'v1', kind: 'Secret', namespace: inputs.secretNamespace };
  return (await kube.read({ ...place, name: `${project}-${name}` })) ?? (await kube.read({ ...place, name }));
}

const Secret = z.looseObject({
  type: z.string().default('Opaque'),
  data: z.record(z.string(), z.string()).default({}),
});

/** With what tells kpack and service bindings what the Secret is for. */
function copyOf(name: string, source: KubeObject, { namespace }: Place): WantedObject {
  const { type, data } = Secret.parse(source);
  const kept = Object.entries(source.metadata.annotations ?? {}).filter(([key]) => key.startsWith('kpack.io/'));
  const metadata = { name, namespace, ...(kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }) };
  return { apiVersion: 'v1', kind: 'Secret', metadata, type, data };
}

/** kubernetes-replicator fills what says where from; typed Secrets need placeholders until then. */
function stubOf(name: string, source: KubeObject, place: Place): WantedObject {
  const { type, data } = Secret.parse(source);
  const empty = type === 'kubernetes.io/dockerconfigjson' ? Buffer.from('{}').toString('base64') : '';
  const annotations = {
    'replicator.v1.mittwald.de/replicate-from': `${place.inputs.secretNamespace}/${source.metadata.name}`,
  };
  const stub = copyOf(name, source, place);
  return {
    ...stub,
    metadata: { ...stub.metadata, annotations: { ...stub.metadata.annotations, ...annotations } },
    data: Object.fromEntries(Object.keys(data).map((key) => [key, empty])),
  };
}

const GitLogin = z.object({ data: z.object({ username: z.string(), token: z.string() }) });

/** upstream-B7: kpack clones with a basic-auth Secret that says for which host, not with ours. */
function kpackGitSecret(source: KubeObject, { namespace, provider, conventions: { config } }: Place): WantedObject[] {
  const login = GitLogin.safeParse(source);
  const server = config[`${provider}_server`];
  const host = config[`${provider}_base_url`] ?? (server === undefined ? undefined : `https://${server}`);
  if (!login.success || host === undefined) return [];
  const { username, token: password } = login.data.data;
  const annotations = { 'kpack.io/git': new URL(host).origin };
  return [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'kpack-git-creds', namespace, annotations },
      type: 'kubernetes.io/basic-auth',
      data: { username, password },
    },
  ];
}

/** Pods that name no account pull with the pull secret too; builds run as `workflow-runner`. */
function accounts({ namespace, isBuild, conventions: { config } }: Place, names: readonly string[]): WantedObject[] {
  const imagePullSecrets = [{ name: config.image_pull_secret }];
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', imagePullSecrets };
  const secrets = [pushSecret, 'kpack-git-creds'].filter((name) => names.includes(name)).map((name) => ({ name }));
  return [
    { ...account, metadata: { name: 'default', namespace } },
    ...(isBuild ? [{ ...account, metadata: { name: 'workflow-runner', namespace }, secrets }] : []),
  ];
}
