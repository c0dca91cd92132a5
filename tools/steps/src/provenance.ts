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
  const [name = requestedBy] = requestedBy.split('@');
  return {
    author: { name, email: requestedBy.includes('@') ? requestedBy : `${requestedBy}@users.noreply.luban-ci.io` },
  };
}
