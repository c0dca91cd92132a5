import type { DAGTask, Sequence, WorkflowStep } from '@luban-ci/argo-workflows-schema';
import { InputError } from '@luban-ci/core';
import { goJson } from '../expressions/go-json.ts';

/** One turn of a loop: the end of the node's name, and what `{{item}}` and `{{item.key}}` stand for. */
export interface Turn {
  /** `(0:apple)` */
  suffix: string;
  variables: [string, string][];
}

/** Whether a step or task is a loop. */
export function isLoop(call: Pick<WorkflowStep & DAGTask, 'withItems' | 'withParam' | 'withSequence'>): boolean {
  return (call.withItems ?? []).length > 0 || (call.withParam ?? '') !== '' || call.withSequence !== undefined;
}

/**
 * The items of a loop; tags are filled in.
 *
 * @throws InputError when `withParam` is not a JSON list or a sequence has no end
 */
export function itemsOf(call: Pick<WorkflowStep & DAGTask, 'withItems' | 'withParam' | 'withSequence'>): unknown[] {
  if ((call.withItems ?? []).length > 0) return [...(call.withItems ?? [])];
  if (call.withSequence !== undefined) return sequence(call.withSequence);
  const text = call.withParam ?? '';
  const parsed = jsonList(text);
  if (parsed === undefined) throw new InputError(`withParam value could not be parsed as a JSON list: ${text.trim()}`);
  return parsed;
}

/** Names and variables of an item as in workflow/controller/operator.go, processItem. */
export function turnOf(item: unknown, index: number): Turn {
  const described = describe(item).replaceAll(/[()]/g, '');
  const fields = isMap(item)
    ? Object.entries(item).map(([key, value]): [string, string] => [`item.${key}`, itemText(value)])
    : [];
  return { suffix: `(${index}:${described})`, variables: [['item', itemText(item)], ...fields] };
}

function describe(item: unknown): string {
  if (Array.isArray(item)) return `[${item.map(itemText).join(' ')}]`;
  if (!isMap(item)) return itemText(item);
  return Object.entries(item)
    .map(([key, value]) => `${key}:${itemText(value)}`)
    .sort()
    .join(',');
}

/** Argo keeps items as JSON and takes the quotes off, so a quote within a text keeps its backslash (item.go, String). */
function itemText(item: unknown): string {
  return typeof item === 'string' ? JSON.stringify(item).slice(1, -1) : goJson(item);
}

function isMap(item: unknown): item is Record<string, unknown> {
  return typeof item === 'object' && item !== null && !Array.isArray(item);
}

function jsonList(text: string): unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function sequence({ start = 0, end, count, format = '%d' }: Sequence): string[] {
  const first = whole(start, 'withSequence.start');
  if (end === undefined && count === undefined) throw new InputError('withSequence has neither end nor count');
  const amount = count === undefined ? 0 : whole(count, 'withSequence.count');
  if (end === undefined && amount === 0) return [];
  const last = end === undefined ? first + amount - 1 : whole(end, 'withSequence.end');
  const step = first <= last ? 1 : -1;
  return Array.from({ length: Math.abs(last - first) + 1 }, (_, index) => printed(format, first + index * step));
}

function whole(value: string | number, where: string): number {
  const number = Number(value);
  if (Number.isInteger(number)) return number;
  throw new InputError(`${where} is ${JSON.stringify(value)}, which is not a whole number`);
}

/** Go's `%d`, `%02d`, `%x`, `%X` and `%o`. */
function printed(format: string, value: number): string {
  return format.replaceAll(/%(0?)(\d*)([dxXo])/g, (_, zero: string, width: string, verb: string) => {
    const base = verb === 'd' ? 10 : verb === 'o' ? 8 : 16;
    const digits = verb === 'X' ? value.toString(base).toUpperCase() : value.toString(base);
    return digits.padStart(Number(width || 0), zero === '0' ? '0' : ' ');
  });
}
