import { InputError } from '@luban-ci/core';
import type { ApiCommits } from '../git-settings.ts';
import type { Landing } from './landing.ts';
import { hasChanges, type Stack } from './plan-stack.ts';
import { type PushAnswer, pushRefs } from './push-refs.ts';
import type { BranchView } from './read-view.ts';

/** What came of a stack: the answer, and the ids of our commits where they are known. */
export interface Written {
  pushed: PushAnswer;
  /** In the order of our commit jobs; `undefined` where there was nothing to write. */
  commits: readonly (string | undefined)[];
}

/**
 * Lets the forge make the commit, on condition that the branch is where we read it. The author is then whose token it is;
 * who asked stands in the record and in the trailers.
 *
 * @throws InputError for several commits, which an API makes one by one, and for files that are programs
 */
export async function commitByApi(
  { repository, job }: Landing,
  api: ApiCommits,
  view: BranchView,
  stack: Stack,
): Promise<Written> {
  const [planned, ...more] = stack.mine.filter(hasChanges);
  if (planned === undefined || more.length > 0)
    throw new InputError('several commits in one go are not made through an API; push them, or land one at a time');
  const program = [...planned.changes].find(([, file]) => file?.executable === true);
  if (program !== undefined) throw new InputError(`${program[0]} is executable, which the API cannot say; push it`);
  if (view.tip !== view.base) {
    const cut = { ref: `refs/heads/${job.branch}`, from: view.tip, to: view.base };
    const pushed = await pushRefs(repository, [cut]);
    if (pushed.answer !== 'done') return { pushed, commits: stack.mine.map(() => undefined) };
  }
  const { message, changes, created, author } = planned;
  const made = await api.commit(
    { url: repository.remote.url, branch: job.branch },
    { expectedHead: view.base, message, changes, created, author },
  );
  const id = made.outcome === 'committed' ? made.commit : undefined;
  return {
    pushed: made.outcome === 'committed' ? { answer: 'done' } : { answer: 'not sent', said: '' },
    commits: stack.mine.map((each) => (hasChanges(each) ? id : undefined)),
  };
}
