import { type BadField, InputError } from '@luban-ci/core';
import { DagsterConfig } from './dagster-config.ts';
import { LubanConfig } from './luban-config.ts';
import { PythonConfig } from './python-config.ts';

/** Values of one place, and how people call it: `luban-config`, `set`. */
export interface ConfigLayer {
  source: string;
  data: Readonly<Record<string, string>>;
}

/** A value, and the layer that it is from. */
export interface MergedValue {
  value: string;
  source: string;
}

/**
 * One configuration of several: the later a layer, the more it counts. A value that is empty, `None`, or a reference that no
 * workflow has filled in (`{{…}}`) counts as not given, whatever layer it is in, as in the original.
 *
 * @param variables names that are no keys of a ConfigMap and may be set all the same: those of a template
 * @returns values by their keys, in the order of the keys
 * @throws InputError naming every key that nobody knows and every value that is none for its key, at once
 */
export function mergeConfig(
  layers: readonly ConfigLayer[],
  variables: readonly string[] = [],
): ReadonlyMap<string, MergedValue> {
  const merged = new Map<string, MergedValue>();
  for (const { source, data } of layers) {
    for (const [key, value] of Object.entries(data)) {
      if (isGiven(value)) merged.set(key, { value, source });
    }
  }
  const bad = [...merged].flatMap(([key, { value, source }]) => badKey(key, value, source, variables));
  if (bad.length > 0) throw new InputError('The configuration cannot be merged', bad);
  return new Map([...merged].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The part of a merged configuration that one ConfigMap may hold. */
export function keysOf(
  schema: 'luban-config' | 'luban-dagster-config' | 'luban-python-config',
  merged: ReadonlyMap<string, MergedValue>,
): Record<string, string> {
  const shape = shapes()[schema];
  return Object.fromEntries([...merged].flatMap(([key, { value }]) => (key in shape ? [[key, value]] : [])));
}

/** Whether a value says anything: empty, `None` and a reference that no workflow has filled in do not. */
export function isGiven(value: string): boolean {
  return value.trim() !== '' && value.trim() !== 'None' && !/\{\{.*\}\}/s.test(value);
}

/** A key that two of them have is checked by each. */
function badKey(key: string, value: string, source: string, variables: readonly string[]): BadField[] {
  const schemas = Object.values(shapes()).flatMap((shape) => (Object.hasOwn(shape, key) ? [shape[key]] : []));
  if (schemas.length === 0 && !variables.includes(key)) return [{ field: key, expected: `no such key, in ${source}` }];
  return schemas.flatMap((schema) => {
    const issue = schema?.safeParse(value).error?.issues[0];
    return issue === undefined ? [] : [{ field: key, expected: `${issue.message}, in ${source}` }];
  });
}

type Shape = Readonly<Record<string, { safeParse(value: string): { error?: { issues: { message: string }[] } } }>>;

function shapes(): Record<'luban-config' | 'luban-dagster-config' | 'luban-python-config', Shape> {
  return {
    'luban-config': LubanConfig.shape,
    'luban-dagster-config': DagsterConfig().shape,
    'luban-python-config': PythonConfig().shape,
  };
}
