import type { Workflow } from '@luban-ci/argo-workflows-schema';
import { StepError } from '@luban-ci/core';
import { kustomizationIn, parseRecord, readImages, recordName, textOf } from '@luban-ci/edits';
import type { Git } from '@luban-ci/git';

/** The image of an overlay as git has it. */
export interface Deployed {
  commit: string;
  image: string;
  tag: string;
  /** Of the entry, else of the record. */
  digest: string;
  sourceCommit: string;
}

/** Reads the tip of a branch: what the manifests and the record say. */
export async function readDeployed(git: Git, url: string, branch: string, env: string): Promise<Deployed> {
  const folder = `app/overlays/${env}`;
  const { commit, files } = await git.readFiles(url, `refs/heads/${branch}`, [folder]);
  const text = (path: string): string => {
    const file = files.get(path);
    if (file === undefined) throw new StepError(`${path} is not on ${branch} of ${url}`);
    return textOf(file, path);
  };
  const path = kustomizationIn(files, folder);
  const [entry] = readImages(text(path), path);
  const recordPath = `${folder}/${recordName}`;
  const record = parseRecord(text(recordPath), recordPath).images[entry?.name ?? ''];
  return {
    commit,
    image: entry?.name ?? '',
    tag: entry?.newTag ?? '',
    digest: entry?.digest ?? record?.digest ?? '',
    sourceCommit: record?.sourceCommit ?? '',
  };
}

/** An output parameter of a node of a workflow that has ended well. */
export function outputOf(workflow: Workflow, node: string, parameter: string): string {
  requireSuccess(workflow);
  const found = Object.values(workflow.status?.nodes ?? {}).find(
    (each) => each.displayName === node && each.outputs?.parameters !== undefined,
  );
  return String(found?.outputs?.parameters?.find(({ name }) => name === parameter)?.value ?? '');
}

export function requireSuccess({ metadata, status }: Workflow): void {
  if (status?.phase === 'Succeeded') return;
  throw new StepError(`the workflow ${metadata.name} has ${status?.phase}: ${status?.message ?? 'no message'}`);
}
