import { agrees, type KustomizeImage, type RecordEntry } from '@luban-ci/edits';
import type { Overlay } from './read-environments.ts';
import { shownText, shownValues } from './shown-text.ts';

/** What runs somewhere, and as far as it is recorded where it came from. */
export interface Deployment {
  application: string;
  environment: string;
  folder: string;
  image: string;
  state: DeploymentState;
  tag?: string;
  digest?: string;
  sourceRepository?: string;
  sourceCommit?: string;
  since?: string;
  run?: string;
  requestedBy?: string;
  promotedFrom?: string;
}

/** `placeholder`: nothing was deployed yet. `by hand`: something else than was recorded. `unrecorded`: nobody knows. */
export type DeploymentState = 'deployed' | 'placeholder' | 'by hand' | 'unrecorded';

/** What an overlay runs, in its order; of the record only what is about exactly that. */
export function deploymentsOf(overlay: Overlay): Deployment[] {
  const { record } = overlay;
  const listed = overlay.images.map((each) => {
    const entry = record[each.name];
    const recorded: Partial<RecordEntry> = entry !== undefined && isAbout(entry, each) ? entry : {};
    const version = { tag: each.newTag, digest: each.digest ?? recorded.digest };
    return deployment(overlay, each.newName ?? each.name, stateOf(each, entry), { ...recorded, ...version });
  });
  const elsewhere = overlay.elsewhere.map((name) => deployment(overlay, name, 'deployed', record[name] ?? {}));
  return [...listed, ...elsewhere];
}

function deployment(
  { application, environment, folder }: Overlay,
  image: string,
  state: DeploymentState,
  known: Partial<RecordEntry>,
): Deployment {
  const { tag, digest, sourceRepository, sourceCommit, at: since, run, requestedBy, promotedFrom } = known;
  const facts = { tag, digest, sourceRepository, sourceCommit, since, run, requestedBy, promotedFrom };
  return { application, environment, folder, image: shownText(image), state, ...shownValues(facts) };
}

function stateOf(listed: KustomizeImage, entry: RecordEntry | undefined): DeploymentState {
  if (entry === undefined) return listed.newName === undefined ? 'unrecorded' : 'placeholder';
  return isAbout(entry, listed) && !isReplaced(listed) ? 'deployed' : 'by hand';
}

export function isAbout(entry: RecordEntry, { newTag: tag, digest }: KustomizeImage): boolean {
  return agrees(entry, { tag, digest });
}

/** A deployment takes an alias of a full name away, so that one beside a record was put there by hand. */
export function isReplaced({ name, newName }: KustomizeImage): boolean {
  return newName !== undefined && newName !== name && name.includes('/');
}
