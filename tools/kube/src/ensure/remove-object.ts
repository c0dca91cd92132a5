import { RetryableError } from '@luban-ci/core';
import type { WritableKube } from '../kube.ts';
import { type KubeObject, nameOf, type ObjectName } from '../kube-object.ts';
import { isMarked, type Mark } from './mark.ts';
import { fieldsAnnotation, pickFields, recordedFields } from './owned-fields.ts';
import { showDifference } from './show-difference.ts';

/** What became of an object that is to go; with `dryRun`, what would become of it. */
export interface Removed {
  /** As people read it: `ConfigMap snd-payment/luban-config`. */
  name: string;
  /** `foreign`: it does not carry the mark, so somebody else made it, and it stays. */
  outcome: 'removed' | 'absent' | 'foreign';
  diff: string;
}

const mostLooks = 6;

/**
 * Takes away exactly the object that was read, if it carries our mark. One with finalizers goes when they are done; that
 * it is going counts as removed.
 *
 * @throws RetryableError when others change it all the time
 */
export async function removeObject(
  kube: WritableKube,
  name: ObjectName,
  { mark, dryRun }: { mark: Mark; dryRun: boolean },
): Promise<Removed> {
  const title = nameOf(name);
  let diff = '';
  for (let look = 0; look < mostLooks; look += 1) {
    const live = await kube.read(name);
    if (live === undefined || live.metadata.deletionTimestamp !== undefined) {
      return { name: title, outcome: diff === '' ? 'absent' : 'removed', diff };
    }
    if (!isMarked(live, mark)) return { name: title, outcome: 'foreign', diff: '' };
    const gone = showDifference(name, pickFields(live, recorded(live)), undefined);
    if (dryRun) return { name: title, outcome: 'removed', diff: gone };
    diff = (await kube.delete(live)) ? gone : '';
  }
  throw new RetryableError(`${title} is changed by somebody else all the time`);
}

function recorded({ metadata }: KubeObject) {
  return recordedFields(metadata.annotations?.[fieldsAnnotation]);
}
