import type { RemoteRef } from '@luban-ci/git';
import { z } from 'zod';
import { refName } from '../input-fields.ts';

/** What is remembered of a repository: nothing more is due for `heads`, and for `waiting` an event may still come. */
export interface SeenHeads {
  /** Commit by full ref. */
  heads: Readonly<Record<string, string>>;
  waiting: Readonly<Record<string, WaitingHead>>;
}

export interface WaitingHead {
  commit: string;
  /** When it was first seen. */
  since: string;
}

const SeenText = () =>
  z.object({
    heads: z.record(z.string(), z.string()),
    waiting: z.record(z.string(), z.object({ commit: z.string(), since: z.iso.datetime() })),
  });

/** Reads what was remembered; what cannot be read is as if the repository was never looked at. */
export function parseSeenHeads(text: string | undefined): SeenHeads | undefined {
  if (text === undefined) return undefined;
  try {
    return SeenText().parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Always the same text for the same heads. */
export function serialiseSeenHeads({ heads, waiting }: SeenHeads): string {
  return JSON.stringify({ heads: sorted(heads), waiting: sorted(waiting) });
}

/**
 * Branches and tags; a forge has refs of its own beside them. A name that an event would be refused for is left out: it would
 * become text of a workflow.
 */
export function pushableHeads(refs: readonly RemoteRef[]): RemoteRef[] {
  const name = refName('The ref.');
  return refs.filter(({ ref }) => /^refs\/(heads|tags)\/./.test(ref) && name.safeParse(ref).success);
}

/** Those that are not where they were when nothing more was due for them. */
export function movedHeads(found: readonly RemoteRef[], { heads }: SeenHeads): RemoteRef[] {
  return found.filter(({ ref, commit }) => heads[ref] !== commit);
}

/** Since when a head has been where it is, as far as anybody saw. */
export function seenSince({ waiting }: SeenHeads, { ref, commit }: RemoteRef, now: string): string {
  const known = waiting[ref];
  return known?.commit === commit ? known.since : now;
}

/** What is remembered next: refs that are gone are forgotten, those that wait stay where they were. */
export function nextSeenHeads(
  found: readonly RemoteRef[],
  before: SeenHeads,
  waiting: SeenHeads['waiting'],
): SeenHeads {
  const heads = found.flatMap(({ ref, commit }) => {
    const settled = waiting[ref] === undefined ? commit : before.heads[ref];
    return settled === undefined ? [] : [[ref, settled] as const];
  });
  return { heads: Object.fromEntries(heads), waiting };
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
