import { isIntentId } from './intent.ts';

/**
 * Where intents are kept at the server. Some servers take branches and tags only; there an intent is a branch, which
 * continuous integration is asked to leave alone.
 */
export type IntentPlace = 'custom refs' | 'branches';

const prefixes: Record<IntentPlace, string> = {
  'custom refs': 'refs/luban/intents/',
  branches: 'refs/heads/luban-intents/',
};

/** An intent's place at the server. Nobody but its writer creates it; whoever lands it removes it. */
export interface IntentRef {
  id: string;
  ref: string;
  /** The commit that holds the intent. */
  commit: string;
}

export function intentRefName(place: IntentPlace, branch: string, id: string): string {
  return `${prefixes[place]}${branch}/${id}`;
}

/** What the intents of a branch begin with, in every place. */
export function intentPrefixes(branch: string): string[] {
  return Object.values(prefixes).map((prefix) => `${prefix}${branch}/`);
}

/** The intents of a branch among refs, in the order of asking. */
export function intentRefsAmong(refs: ReadonlyMap<string, string>, branch: string): IntentRef[] {
  const found = [...refs].flatMap(([ref, commit]) => {
    const prefix = intentPrefixes(branch).find((each) => ref.startsWith(each));
    const id = prefix === undefined ? '' : ref.slice(prefix.length);
    return isIntentId(id) ? [{ id, ref, commit }] : [];
  });
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}
