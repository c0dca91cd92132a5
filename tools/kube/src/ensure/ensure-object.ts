import { RetryableError, StepError } from '@luban-ci/core';
import type { NewObject, WritableKube } from '../kube.ts';
import { type KubeObject, nameOf, type ObjectName } from '../kube-object.ts';
import { isMarked, type Mark, madeByLabel, ownerAnnotation, refuseForeign } from './mark.ts';
import { differingFields, hasPath, mergedFields } from './merge-fields.ts';
import {
  fieldsAnnotation,
  fieldsOf,
  goneFields,
  joinFields,
  type OwnedFields,
  pickFields,
  recordedFields,
  recordOf,
} from './owned-fields.ts';
import { comparisonFor, isMap } from './same-value.ts';
import { showDifference } from './show-difference.ts';

/** An object as it is wanted, with the name under which it is found. */
export type WantedObject = NewObject & { metadata: { name: string } };

export interface EnsureOptions {
  mark: Mark;
  dryRun: boolean;
  /** Fields at the top whose keys are only given a value where they have none: what people may change by hand. */
  initial?: readonly string[];
}

/** What became of an object; with `dryRun`, what would become of it. */
export interface Ensured {
  /** As people read it: `ConfigMap snd-payment/luban-config`. */
  name: string;
  outcome: 'created' | 'updated' | 'unchanged';
  /** Unified diff of YAML of what we set; empty when nothing differs. */
  diff: string;
}

/** Times that an object is looked at before it counts as fought over. */
const mostLooks = 6;

/**
 * Reads an object, compares the fields that are wanted, writes the difference to the version that was read, and reads
 * again. What others set stays; what we set once and no longer want goes. An object that is new carries our mark.
 *
 * @throws StepError when it carries the mark of somebody else, or when the cluster does not keep what was written;
 *   RetryableError when others change it all the time
 */
export async function ensureObject(kube: WritableKube, wanted: WantedObject, options: EnsureOptions): Promise<Ensured> {
  const name = objectName(wanted);
  let first: Plan | undefined;
  let written: string | undefined;
  for (let look = 0; look < mostLooks; look += 1) {
    const live = await kube.read(name);
    const plan = planFor(live, wanted, options);
    first ??= plan;
    if (plan.target === undefined || options.dryRun) return { ...told(first), name: nameOf(name) };
    if (live?.metadata.deletionTimestamp !== undefined) throw going(name);
    if (written !== undefined && live?.metadata.resourceVersion === written) throw notKept(name, plan);
    const done = await write(kube, live, plan.target);
    written = done?.metadata.resourceVersion;
    // What nobody else had a hand in is as the cluster answered; another hand is looked at once more.
    first = done === undefined ? undefined : first;
  }
  throw new RetryableError(`${nameOf(name)} is changed by somebody else all the time`);
}

interface Plan {
  before: KubeObject | undefined;
  /** What to write; `undefined` when everything is as it is wanted. */
  target: KubeObject | undefined;
  /** Where it differs, as dotted paths. */
  differing: string[];
  diff: string;
}

function planFor(live: KubeObject | undefined, wanted: WantedObject, options: EnsureOptions): Plan {
  if (live === undefined) {
    const target = described(wanted, fieldsOf(wanted), options.mark, true);
    const diff = showDifference(shownName(wanted), undefined, pickFields(target, shownFields(fieldsOf(target))));
    return { before: undefined, target, differing: [], diff };
  }
  refuseForeign(live, options.mark);
  const kept = keepingInitial(wanted, live, options.initial ?? []);
  const owned = fieldsOf(kept);
  const recorded = recordedFields(live.metadata.annotations?.[fieldsAnnotation]);
  const gone = goneFields(recorded, owned).filter((path) => hasPath(live, path));
  const isOurs = isMarked(live, options.mark);
  const full = described(kept, owned, options.mark, isOurs);
  const differing = differingFields(live, isOurs ? full : kept, comparisonFor(live.kind));
  if (differing.length === 0 && gone.length === 0) return { before: live, target: undefined, differing: [], diff: '' };
  const merged = mergedFields(live, full, gone);
  const target = { ...live, ...merged, metadata: { ...live.metadata, ...Object(merged['metadata']) } };
  const shown = shownFields(joinFields(owned, recorded));
  const diff = showDifference(shownName(wanted), pickFields(live, shown), pickFields(target, shown));
  return { before: live, target, differing: [...differing, ...gone].map((path) => path.join('.')), diff };
}

function told({ before, target, diff }: Plan): Pick<Ensured, 'outcome' | 'diff'> {
  if (target === undefined) return { outcome: 'unchanged', diff: '' };
  return { outcome: before === undefined ? 'created' : 'updated', diff };
}

/** The object with what it has to carry: our mark where we made it, and always which fields are ours. */
function described(wanted: WantedObject, owned: OwnedFields, { step, owner }: Mark, isOurs: boolean): KubeObject {
  const { labels, annotations, ...metadata } = wanted.metadata;
  return {
    ...wanted,
    metadata: {
      ...metadata,
      labels: { ...labels, ...(isOurs ? { [madeByLabel]: step } : {}) },
      annotations: {
        ...annotations,
        ...(isOurs ? { [ownerAnnotation]: owner } : {}),
        [fieldsAnnotation]: recordOf(owned),
      },
    },
  };
}

/** What stands there already under one of these fields is wanted as it stands. */
function keepingInitial(wanted: WantedObject, live: KubeObject, initial: readonly string[]): WantedObject {
  const kept = initial.flatMap((field) => {
    const [ours, theirs] = [wanted[field], live[field]];
    if (!isMap(ours) || !isMap(theirs)) return [];
    const values = Object.keys(ours).map((key) => [key, theirs[key] ?? ours[key]]);
    return [[field, Object.fromEntries(values)]];
  });
  return { ...wanted, ...Object.fromEntries(kept) };
}

/** `undefined` when somebody else was faster. */
function write(kube: WritableKube, live: KubeObject | undefined, target: KubeObject): Promise<KubeObject | undefined> {
  return live === undefined ? kube.create(target) : kube.replace(target);
}

/** The record of our fields is between us and the cluster. */
function shownFields(fields: OwnedFields): OwnedFields {
  const { metadata, ...rest } = fields;
  if (metadata === undefined || metadata === 1) return fields;
  const { annotations, ...described } = metadata;
  if (annotations === undefined || annotations === 1) return fields;
  const { [fieldsAnnotation]: _, ...shown } = annotations;
  const left = Object.keys(shown).length === 0 ? described : { ...described, annotations: shown };
  return Object.keys(left).length === 0 ? rest : { ...rest, metadata: left };
}

function going(name: ObjectName): RetryableError {
  return new RetryableError(`${nameOf(name)} is being removed; it can be made again when it is gone`);
}

function notKept(name: ObjectName, { differing }: Plan): StepError {
  return new StepError(`${nameOf(name)} was written, but the cluster does not keep ${differing.join(', ')}`, {
    hint: 'Something in the cluster rewrites it: an admission webhook, or a kind that knows no such field.',
  });
}

function objectName({ apiVersion, kind, metadata: { name, namespace } }: WantedObject): ObjectName {
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

function shownName({ kind, metadata: { name, namespace } }: WantedObject) {
  return { kind, name, namespace };
}
