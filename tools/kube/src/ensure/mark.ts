import { StepError } from '@luban-ci/core';
import { type KubeObject, nameOf } from '../kube-object.ts';

/** Who made an object: the step, and what it made it for. Only what carries the mark is ever taken away. */
export interface Mark {
  /** Name of the step: `setup-namespace`. */
  step: string;
  /** What it belongs to: a project, or a project and an application: `payment`, `payment/cart-service`. */
  owner: string;
}

/** A label, so that a cluster can list what a step made. */
export const madeByLabel = 'luban-ci.io/made-by';
/** An annotation, as project and application together are longer than a label may be. */
export const ownerAnnotation = 'luban-ci.io/owner';

/** Whose mark an object carries, if any. */
export function markOf({ metadata }: Pick<KubeObject, 'metadata'>): Mark | undefined {
  const [step, owner] = [metadata.labels?.[madeByLabel], metadata.annotations?.[ownerAnnotation]];
  return step === undefined || owner === undefined ? undefined : { step, owner };
}

export function isMarked(object: Pick<KubeObject, 'metadata'>, mark: Mark): boolean {
  const found = markOf(object);
  return found?.step === mark.step && found.owner === mark.owner;
}

/**
 * Two owners whose names lead to the same object must not take it from each other in turns.
 *
 * @throws StepError when the object carries the mark of somebody else
 */
export function refuseForeign(live: KubeObject, mark: Mark): void {
  const found = markOf(live);
  if (found === undefined || isMarked(live, mark)) return;
  const { name = '', namespace } = live.metadata;
  const title = nameOf({ kind: live.kind, name, ...(namespace === undefined ? {} : { namespace }) });
  throw new StepError(`${title} was made by ${found.step} for ${found.owner}, not by ${mark.step} for ${mark.owner}`, {
    hint: 'Choose another name, or change the name patterns of luban-config so that the two differ.',
  });
}
