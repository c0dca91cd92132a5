import { type AppliedEdits, applyEdits, type Edit, type Files, pathsOf, unifiedDiff } from '@luban-ci/edits';
import { filesAt } from '../repository-files.ts';
import type { WorkRepository } from '../work-repository.ts';
import { type CommitTrailers, commitMessage } from './commit-message.ts';
import type { LandJob } from './land.ts';

/** What the edits come to on one tip. */
export interface CommitPlan {
  applied: AppliedEdits;
  notes: string[];
  diff: string;
  message: string;
}

/** `again`: an older tip was read for this job, so that whatever changed since came along with this one. */
export async function planCommit(
  repository: WorkRepository,
  tip: string,
  job: LandJob,
  again: boolean,
): Promise<CommitPlan> {
  const files: Files = await filesAt(repository, tip, [...new Set(job.edits.flatMap(pathsOf))], again);
  const applied = applyEdits(job.edits, files);
  return {
    applied,
    notes: [...new Set(applied.outcomes.flatMap(({ notes }) => notes))],
    diff: unifiedDiff(files, applied.changes),
    message: commitMessage(job.message, trailersFor(job, applied)),
  };
}

/** The facts of the edits that changed something; what the caller gives stands above them. */
function trailersFor(job: LandJob, applied: AppliedEdits): CommitTrailers {
  const changing = job.edits.filter((_, at) => applied.outcomes[at]?.outcome === 'changed');
  const [provenance] = changing.flatMap((edit) =>
    'provenance' in edit && edit.provenance !== undefined ? [edit.provenance] : [],
  );
  return { images: [...new Set(changing.flatMap(imageOf))], ...provenance, ...job.trailers };
}

function imageOf(edit: Edit): string[] {
  if (edit.kind !== 'kustomize-set-image') return [];
  const { tag, digest }: { tag?: string; digest?: string } = edit.to;
  return [
    `${edit.newName ?? edit.image}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`,
  ];
}
