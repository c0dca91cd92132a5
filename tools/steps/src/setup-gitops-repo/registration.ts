import {
  type Conventions,
  parseRepositoriesEntry,
  platformNamespace,
  type RepositoriesEntry,
  repositoriesKey,
  serialiseRepositoriesEntry,
} from '@luban-ci/conventions';
import { RetryableError } from '@luban-ci/core';
import {
  type Ensured,
  ensureObject,
  type KubeObject,
  markOf,
  type Removed,
  showDifference,
  type WritableKube,
} from '@luban-ci/kube';
import { z } from 'zod';
import { sourcePlace } from '../gitops-place.ts';
import { isSameRepository } from '../same-repository.ts';
import { gitopsRepositoryFor } from '../sibling-repository.ts';
import type { GitopsSetUp } from './place.ts';

const configMap = 'luban-repositories';
const Data = z.record(z.string(), z.string()).default({});
const mostLooks = 6;

interface Given {
  repoUrl?: string | undefined;
  gitOrganization?: string | undefined;
}

/**
 * The application's entry in the platform's luban-repositories, and in the copy of the namespace where its pipeline runs. The
 * ConfigMap is everybody's, so one key of it is written, at the version that was read.
 */
export async function register(setUp: GitopsSetUp, kube: WritableKube, given: Given): Promise<Ensured[]> {
  const place = platformPlace(setUp, kube);
  const { before, after } = await changeEntry(place, (found) => entryFor(setUp, found, given));
  const outcome = before === after ? 'unchanged' : before === undefined ? 'created' : 'updated';
  const entry: Ensured = { name: titleOf(place), outcome, diff: showEntry(place, before, after) };
  return [entry, ...(await ensureCopy(setUp, place, after))];
}

/** The entry goes if it is what set-up writes; one that somebody changed stays. */
export async function unregister(setUp: GitopsSetUp, kube: WritableKube, given: Given): Promise<(Ensured | Removed)[]> {
  const place = platformPlace(setUp, kube);
  const { before, after } = await changeEntry(place, (found) =>
    found === entryFor(setUp, undefined, given) ? undefined : found,
  );
  const outcome = before === undefined ? 'absent' : after === undefined ? 'removed' : 'foreign';
  const entry: Removed = { name: titleOf(place), outcome, diff: showEntry(place, before, after) };
  return [entry, ...(await ensureCopy(setUp, place, after))];
}

function platformPlace({ app, dryRun }: GitopsSetUp, kube: WritableKube): EntryPlace {
  return { kube, namespace: platformNamespace, key: repositoriesKey(app), dryRun };
}

/**
 * The copy as `setup-namespace` makes it, field for field, so that neither changes what the other wrote. A namespace
 * that it has not made yet gets its copy from there.
 */
async function ensureCopy(setUp: GitopsSetUp, place: EntryPlace, after: string | undefined): Promise<Ensured[]> {
  const { kube, dryRun } = place;
  const namespace = setUp.conventions.buildNamespaceOf(setUp.app.project);
  const live = await kube.read({ apiVersion: 'v1', kind: 'ConfigMap', name: configMap, namespace });
  const mark = live === undefined ? undefined : markOf(live);
  if (mark === undefined || namespace === platformNamespace) return [];
  const copied = async (): Promise<Ensured> => {
    const data = withEntry(await ownEntries(setUp, place), place.key, after);
    const wanted = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: configMap, namespace }, data };
    const ensured = await ensureObject(kube, wanted, { mark, dryRun });
    const now = withEntry(await ownEntries(setUp, place), place.key, after);
    // Another application of the project was registered meanwhile; it may have been copied before us.
    return JSON.stringify(now) === JSON.stringify(data) ? ensured : copied();
  };
  return [await copied()];
}

/** What the platform knows of the project. */
async function ownEntries({ app }: GitopsSetUp, { kube, namespace }: EntryPlace): Promise<Record<string, string>> {
  const live = await kube.read({ apiVersion: 'v1', kind: 'ConfigMap', name: configMap, namespace });
  const all = Object.entries(Data.parse(live?.['data']));
  return Object.fromEntries(all.filter(([key]) => key.startsWith(`${app.project}.`)));
}

/** A source that is registered stays, unless somebody said another one; the GitOps repository is named where nothing else tells it. */
function entryFor(setUp: GitopsSetUp, found: string | undefined, { repoUrl, gitOrganization }: Given): string {
  const { app, url, conventions } = setUp;
  const registered = found === undefined ? undefined : parseRepositoriesEntry(found);
  const source = repoUrl ?? registered?.source ?? sourcePlace(app, { gitOrganization }, unregistered(conventions));
  const assumed = gitopsRepositoryFor(source, app, unregistered(conventions));
  const wanted: RepositoriesEntry = { source, ...(isSameRepository(assumed, url) ? {} : { gitops: url }) };
  const isSame = registered?.source === wanted.source && registered.gitops === wanted.gitops;
  return isSame && found !== undefined ? found : serialiseRepositoriesEntry(wanted);
}

function unregistered(conventions: Conventions): Conventions {
  return { ...conventions, applications: [] };
}

interface EntryPlace {
  kube: WritableKube;
  namespace: string;
  key: string;
  dryRun: boolean;
}

async function changeEntry(
  { kube, namespace, key, dryRun }: EntryPlace,
  change: (found: string | undefined) => string | undefined,
): Promise<{ before: string | undefined; after: string | undefined }> {
  const name = { apiVersion: 'v1', kind: 'ConfigMap', name: configMap, namespace };
  for (let look = 0; look < mostLooks; look += 1) {
    const live = await kube.read(name);
    const data = Data.parse(live?.['data']);
    const before = data[key];
    const after = change(before);
    if (before === after || dryRun) return { before, after };
    if ((await write(kube, namespace, live, withEntry(data, key, after))) !== undefined) return { before, after };
  }
  throw new RetryableError(`ConfigMap ${namespace}/${configMap} is changed by somebody else all the time`);
}

function withEntry(data: Readonly<Record<string, string>>, key: string, value: string | undefined) {
  const { [key]: _, ...others } = data;
  return value === undefined ? others : { ...others, [key]: value };
}

/** `undefined` when somebody else was faster. What has no version stands in a file beside the cluster, and is made there. */
function write(
  kube: WritableKube,
  namespace: string,
  live: KubeObject | undefined,
  data: Readonly<Record<string, string>>,
): Promise<KubeObject | undefined> {
  if (live?.metadata.resourceVersion !== undefined) return kube.replace({ ...live, data });
  return kube.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: configMap, namespace }, data });
}

function titleOf({ namespace, key }: EntryPlace): string {
  return `ConfigMap ${namespace}/${configMap} ${key}`;
}

function showEntry({ namespace, key }: EntryPlace, before: string | undefined, after: string | undefined): string {
  const fields = (text: string | undefined) => (text === undefined ? undefined : { [key]: text });
  if (before === after) return '';
  return showDifference({ kind: 'ConfigMap', name: configMap, namespace }, fields(before), fields(after));
}
