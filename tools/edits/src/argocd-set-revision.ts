import { InputError } from '@luban-ci/core';
import { dataOf, parseYaml, type ScalarTarget, setScalars } from '@luban-ci/yaml-text';
import { z } from 'zod';
import type { EditKind } from './edit-kind.ts';
import type { EditOutcome } from './edit-outcome.ts';
import { changesOfText, type Files, fileAt, textOf } from './files.ts';
import { type ApplicationSource, sourcesOf } from './image-places/argocd-places.ts';
import { isRecord } from './image-places/image-place.ts';
import { lazySchema } from './lazy-schema.ts';
import { repositoryIdentity } from './only-forward.ts';
import { RepositoryPath } from './repository-path.ts';

/** Sets the `targetRevision` of the sources of Argo CD Applications and ApplicationSets that use a repository or chart. */
export const ArgocdSetRevision = lazySchema(() =>
  z.object({
    kind: z.literal('argocd-set-revision'),
    version: z.literal(1),
    path: RepositoryPath(),
    revision: z.string().regex(/^[^\s\p{Cc}]{1,250}$/u, 'expected a branch, a tag, a commit or a chart version'),
    /** Which sources: all of a repository, all of a chart, or those that are both. */
    source: z
      .strictObject({ repoUrl: z.string().optional(), chart: z.string().optional() })
      .refine(({ repoUrl, chart }) => repoUrl !== undefined || chart !== undefined, 'expected repoUrl, chart or both'),
    /** Only of the object with that name. */
    application: z.string().optional(),
  }),
);
export type ArgocdSetRevision = z.infer<ReturnType<typeof ArgocdSetRevision>>;

export const argocdSetRevision: EditKind<ArgocdSetRevision> = {
  schema: ArgocdSetRevision,
  isRecorded: false,
  pathsOf: ({ path }) => [path],
  apply: applyArgocdSetRevision,
  imagesOf: () => [],
};

/** @throws InputError when no source is meant; StepError when a revision is not there or cannot be edited safely */
function applyArgocdSetRevision(edit: ArgocdSetRevision, files: Files): EditOutcome {
  const yaml = parseYaml(textOf(fileAt(files, edit.path), edit.path), edit.path);
  const targets = yaml.documents.flatMap((_, document): ScalarTarget[] => {
    const data = dataOf(yaml, document);
    const sources = isMeantObject(edit, data) ? sourcesOf(data) : [];
    return sources
      .filter((source) => isMeantSource(edit, source))
      .map(({ path }) => ({ path: [...path, 'targetRevision'], value: edit.revision, document }));
  });
  if (targets.length === 0) {
    const expected = `expected a repository or chart that a source in ${edit.path} uses`;
    throw new InputError(`${edit.path} has no such source`, [{ field: 'source', expected }]);
  }
  const changes = changesOfText(files, edit.path, setScalars(yaml, targets).text);
  if (changes.size === 0) return { outcome: 'unchanged', why: 'same content', notes: [] };
  return { outcome: 'changed', changes, notes: [] };
}

function isMeantObject({ application }: ArgocdSetRevision, data: unknown): boolean {
  if (!isRecord(data) || !String(data['apiVersion']).startsWith('argoproj.io/')) return false;
  const name = isRecord(data['metadata']) ? data['metadata']['name'] : undefined;
  return /^Application(Set)?$/.test(String(data['kind'])) && (application === undefined || name === application);
}

function isMeantSource({ source: { repoUrl, chart } }: ArgocdSetRevision, { source }: ApplicationSource): boolean {
  const sameRepository =
    repoUrl === undefined || repositoryIdentity(String(source['repoURL'])) === repositoryIdentity(repoUrl);
  return sameRepository && (chart === undefined || source['chart'] === chart);
}
