import { type Files, judgeSetUpFiles, type RepositoryFile, type SetUpFiles, setUpFilesEdit } from '@luban-ci/edits';
import type { LandRequest, Person } from '@luban-ci/git';
import type { Outcome } from '../set-up/outcome.ts';
import { proposeChange, removeMergedBranch } from '../set-up/propose-change.ts';
import { setUpMessage, titleOf } from '../set-up/repository-set-up.ts';
import type { InfraSetUp } from './infra-place.ts';

export interface WantedFiles {
  /** What they are together, for people: `Overlay metasync/luban-infra-ci/overlays/ci-payment`. */
  name: string;
  /** Path of the record of what set-up wrote. */
  record: string;
  /** By their paths; `undefined` are those that set-up wrote once and that are no longer wanted. */
  files: ReadonlyMap<string, RepositoryFile | undefined>;
  /** First line of the commit. */
  message: string;
  /** Branch that the change is proposed from where it may not be pushed. */
  source: string;
  mode: 'pull-request' | 'auto-merge';
  deadlineSeconds: number;
  author?: Person;
}

export interface FilesEnsured {
  outcomes: Outcome[];
  /** The pull request that somebody has to merge. */
  waitsFor?: string | undefined;
}

/** Lands the difference on the newest tip, however many others do the same; what somebody changed stays, and is named. */
export async function ensureFiles(setUp: InfraSetUp, wanted: WantedFiles, present: Files): Promise<FilesEnsured> {
  const edit = setUpFilesEdit(wanted.record, wanted.files);
  const kept = theirsAmong(setUp, edit, present);
  const request = requestFor(setUp, edit, wanted);
  const planned = await setUp.git.land({ ...request, dryRun: true });
  const { name } = wanted;
  if (planned.outcome !== 'would land') {
    await removeMergedBranch(setUp, { source: wanted.source, target: setUp.branch });
    return { outcomes: [{ name, outcome: 'unchanged', diff: '' }, ...kept] };
  }
  const done: Outcome = { name, outcome: kindOfChange(wanted, present), diff: planned.diff };
  if (setUp.dryRun) return { outcomes: [done, ...kept] };
  if ((await setUp.forge.getBranch(setUp.name, setUp.branch))?.protected !== true) {
    await setUp.git.land(request);
    return { outcomes: [done, ...kept] };
  }
  const { source, mode } = wanted;
  const body = `${wanted.message}. Files that somebody has changed are left as they are.\n`;
  const { changed, waitsFor } = await proposeChange(setUp, request, { source, body, maker: 'set-up', mode });
  return { outcomes: [changed ? done : { name, outcome: 'unchanged', diff: '' }, ...kept], waitsFor };
}

/** The files that are wanted, and those that set-up wrote once and that are no longer. */
export function withRecorded(
  files: Files,
  recorded: Iterable<string>,
): ReadonlyMap<string, RepositoryFile | undefined> {
  const gone = [...recorded].filter((path) => !files.has(path));
  return new Map<string, RepositoryFile | undefined>([...files, ...gone.map((path) => [path, undefined] as const)]);
}

function theirsAmong(setUp: InfraSetUp, edit: SetUpFiles, present: Files): Outcome[] {
  return judgeSetUpFiles(edit, present)
    .filter(({ verdict }) => verdict === 'theirs')
    .map(({ path }) => ({ name: `File ${titleOf(setUp)}/${path}`, outcome: 'foreign', diff: '' }));
}

function kindOfChange({ record, files }: WantedFiles, present: Files): 'created' | 'updated' | 'removed' {
  if ([...files.values()].every((file) => file === undefined)) return 'removed';
  return present.has(record) ? 'updated' : 'created';
}

function requestFor(setUp: InfraSetUp, edit: SetUpFiles, wanted: WantedFiles): LandRequest {
  const { url, branch, mark } = setUp;
  const { message, deadlineSeconds, author } = wanted;
  return {
    ...{ url, branch, edits: [edit], deadlineSeconds, message: setUpMessage(message, mark) },
    ...(author === undefined ? {} : { author }),
  };
}
