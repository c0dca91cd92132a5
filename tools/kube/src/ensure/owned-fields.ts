import { z } from 'zod';
import { isMap } from './same-value.ts';

/**
 * Which fields of an object we have set: maps are followed, everything else, lists included, is a leaf (`1`).
 * `{ data: { 'kpack-builds': 1 } }`
 */
export interface OwnedFields {
  readonly [field: string]: OwnedFields | 1;
}

/**
 * Where an object remembers what we set: what we set once and no longer want is taken away, what others set stays. Values
 * are not in it, so a Secret's annotation tells nothing.
 */
export const fieldsAnnotation = 'luban-ci.io/fields';

const Owned: z.ZodType<OwnedFields> = z.lazy(() => z.record(z.string(), z.union([z.literal(1), Owned])));

/** The fields of what is wanted, without those by which every object is found. */
export function fieldsOf(wanted: Readonly<Record<string, unknown>>): OwnedFields {
  const { apiVersion: _, kind: __, metadata, ...rest } = wanted;
  const { name: ___, namespace: ____, ...described } = isMap(metadata) ? metadata : {};
  return treeOf(Object.keys(described).length === 0 ? rest : { ...rest, metadata: described });
}

function treeOf(value: Readonly<Record<string, unknown>>): OwnedFields {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.map(([key, each]) => [key, isMap(each) && Object.keys(each).length > 0 ? treeOf(each) : 1]),
  );
}

/** What the annotation says: the same for the same fields, in whatever order they are wanted. */
export function recordOf(fields: OwnedFields): string {
  return JSON.stringify(fields, (_, value: unknown) =>
    isMap(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

/** As the annotation has it; an annotation that somebody broke says nothing. */
export function recordedFields(text: string | undefined): OwnedFields {
  try {
    return Owned.parse(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

/** Paths of `earlier` that `now` no longer has: `[['data', 'old-key']]`. */
export function goneFields(earlier: OwnedFields, now: OwnedFields, above: readonly string[] = []): string[][] {
  return Object.entries(earlier).flatMap(([key, before]) => {
    const [path, after] = [[...above, key], now[key]];
    if (before !== 1) return after === 1 ? [] : goneFields(before, after ?? {}, path);
    return after === undefined ? [path] : [];
  });
}

/** The part of an object that `fields` names. */
export function pickFields(object: Readonly<Record<string, unknown>>, fields: OwnedFields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, below]) => {
      const value = object[key];
      if (value === undefined) return [];
      return [[key, below !== 1 && isMap(value) ? pickFields(value, below) : value]];
    }),
  );
}

/** All fields that either has. */
export function joinFields(left: OwnedFields, right: OwnedFields): OwnedFields {
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries(
    [...keys].map((key) => {
      const [one, other] = [left[key], right[key]];
      if (one === undefined || one === 1) return [key, other ?? 1];
      return [key, other === undefined || other === 1 ? one : joinFields(one, other)];
    }),
  );
}
