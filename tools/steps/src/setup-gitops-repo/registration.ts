import {
  type Conventions,
  parseRepositoriesEntry,
  platformNamespace,
  type RepositoriesEntry,
  repositoriesKey,
  serialiseRepositoriesEntry,
} from '@luban-ci/conventions';
import { RetryableError } from '@luban-ci/core';
import { type Ensured, type KubeObject, type Removed, showDifference, type WritableKube } from '@luban-ci/kube';
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
  const outcomes: Ensured[] = [];
  for (const namespace of placesOf(setUp)) {
    const place = { kube, namespace, key: repositoriesKey(setUp.app), dryRun: setUp.dryRun };
    const { before, after } = await changeEntry(place, (found) => entryFor(setUp, found, given));
    if (before === undefined && after === undefined) continue;
    const outcome = before === after ? 'unchanged' : before === undefined ? 'created' : 'updated';
    outcomes.push({ name: titleOf(place), outcome, diff: showEntry(place, before, after) });
  }
  return outcomes;
}

/** The entry goes if it is what set-up writes; one that somebody changed stays. */
export async function unregister(setUp: GitopsSetUp, kube: WritableKube, given: Given): Promise<Removed[]> {
  const outcomes: Removed[] = [];
  for (const namespace of placesOf(setUp)) {
    const place = { kube, namespace, key: repositoriesKey(setUp.app), dryRun: setUp.dryRun };
    const { before, after } = await changeEntry(place, (found) =>
      found === entryFor(setUp, undefined, given) ? undefined : found,
    );
    const outcome = before === undefined ? 'absent' : after === undefined ? 'removed' : 'foreign';
    outcomes.push({ name: titleOf(place), outcome, diff: showEntry(place, before, after) });
  }
  return outcomes;
}

function placesOf({ app, conventions }: GitopsSetUp): string[] {
  return [...new Set([platformNamespace, conventions.buildNamespaceOf(app.project)])];
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

/** A project's namespace without the ConfigMap gets it, and the entry with it, from `setup-namespace`. */
async function changeEntry(
  { kube, namespace, key, dryRun }: EntryPlace,
  change: (found: string | undefined) => string | undefined,
): Promise<{ before: string | undefined; after: string | undefined }> {
  const name = { apiVersion: 'v1', kind: 'ConfigMap', name: configMap, namespace };
  for (let look = 0; look < mostLooks; look += 1) {
    const live = await kube.read(name);
    if (live === undefined && namespace !== platformNamespace) return { before: undefined, after: undefined };
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
