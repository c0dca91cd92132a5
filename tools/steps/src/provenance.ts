import type { RunIdentity } from '@luban-ci/core';
import type { Person } from '@luban-ci/git';

/** Who and what a run is, for the record: only what is known. */
export function runProvenance(run: RunIdentity): { run?: string; requestedBy?: string } {
  return {
    ...(run.url === undefined ? {} : { run: run.url }),
    ...(run.requestedBy === undefined ? {} : { requestedBy: run.requestedBy }),
  };
}

/** The author of a commit that somebody asked for; nobody named, and it is the committer. */
export function authorFor(run: RunIdentity): { author?: Person } {
  const { requestedBy } = run;
  if (requestedBy === undefined) return {};
  const account = requestedBy.replaceAll(/[^\w.+-]+/g, '-');
  const isAddress = /^[^@\s]+@[^@\s]+$/.test(requestedBy);
  const name = isAddress ? requestedBy.replace(/@.*/, '') : requestedBy;
  return { author: { name, email: isAddress ? requestedBy : `${account}@users.noreply.luban-ci.io` } };
}
