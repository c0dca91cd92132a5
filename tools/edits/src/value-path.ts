import { InputError } from '@luban-ci/core';
import type { YamlPath } from '@luban-ci/yaml-text';
import { isRecord } from './image-places/image-place.ts';

/** A map key, a position in a list, or the one item of a list whose key has that value. */
type Step = string | number | { key: string; value: string };

const stepPattern = /\.?(?:([^.[\]]+)|\[(\d+)\]|\["([^"]*)"\]|\[([^\]=]+)=([^\]]*)\])/y;

/**
 * Reads a path as people write it: `spec.template.spec.containers[0].image`, `["a.b"]` for a key with dots, and
 * `parameters[name=image.tag].value` for the item of a list that has it.
 *
 * @throws InputError when it is no path
 */
export function parseValuePath(text: string): Step[] {
  const steps: Step[] = [];
  stepPattern.lastIndex = 0;
  while (stepPattern.lastIndex < text.length) {
    const start = stepPattern.lastIndex;
    const [, key, position, quoted, selected, value] = stepPattern.exec(text) ?? [];
    if (stepPattern.lastIndex === 0) throw badPath(text, start);
    if (selected !== undefined) steps.push({ key: selected, value: value ?? '' });
    else steps.push(position === undefined ? (key ?? quoted ?? '') : Number(position));
  }
  if (steps.length === 0) throw badPath(text, 0);
  return steps;
}

/**
 * Where a path leads in a document.
 *
 * @throws InputError when there is no such item, or more than one
 */
export function locate(data: unknown, text: string, file: string): YamlPath {
  const path: (string | number)[] = [];
  for (const step of parseValuePath(text)) {
    path.push(typeof step === 'object' ? positionOf(dataAt(data, path), step, text, file) : step);
  }
  return path;
}

/** What stands at a path; `undefined` where nothing does. */
export function dataAt(data: unknown, path: YamlPath): unknown {
  return path.reduce(childOf, data);
}

function positionOf(list: unknown, { key, value }: { key: string; value: string }, text: string, file: string): number {
  const items: unknown[] = Array.isArray(list) ? list : [];
  const positions = items.flatMap((item, at) => (isRecord(item) && item[key] === value ? [at] : []));
  const [only, second] = positions;
  if (only !== undefined && second === undefined) return only;
  const what = only === undefined ? 'no item' : 'more than one item';
  throw new InputError(`${file} has ${what} with ${key}=${value} for ${text}`, [
    { field: 'at', expected: 'expected a path that leads to one value' },
  ]);
}

function childOf(data: unknown, step: string | number): unknown {
  if (Array.isArray(data)) return typeof step === 'number' ? data[step] : undefined;
  return isRecord(data) && Object.hasOwn(data, String(step)) ? data[String(step)] : undefined;
}

function badPath(text: string, at: number): InputError {
  const expected = 'expected a path such as spec.images[0].newTag or parameters[name=image.tag].value';
  return new InputError(`${text} is not a path: it cannot be read from character ${at + 1} on`, [
    { field: 'at', expected },
  ]);
}
