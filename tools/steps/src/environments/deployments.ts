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
  const { application, environment, folder, record } = overlay;
  return overlay.images.map((listed) => {
    const entry = record[listed.name];
    const recorded: Partial<RecordEntry> = entry !== undefined && isAbout(entry, listed) ? entry : {};
    const { sourceRepository, sourceCommit, at: since, run, requestedBy, promotedFrom } = recorded;
    const digest = listed.digest ?? recorded.digest;
    const known = { tag: listed.newTag, digest, sourceRepository, sourceCommit, since, run, requestedBy, promotedFrom };
    const image = shownText(listed.newName ?? listed.name);
    return { application, environment, folder, image, state: stateOf(listed, entry), ...shownValues(known) };
  });
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
