import type { Field } from '@luban-ci/core';

/**
 * Turns text from a flag, a variable or a parameter into the value its field asks for. Text that is no such value is
 * left as it is, so that the contract says what was expected.
 *
 * - boolean: `true`/`false`, and `yes`/`no` as the workflow parameters have it
 * - list: a JSON array, else separated by commas or line ends
 * - map: a JSON object, else `name=value` separated by commas or line ends
 */
export function valueOfText(field: Pick<Field, 'kind'>, text: string): unknown {
  if (field.kind === 'number') return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text;
  if (field.kind === 'boolean') return booleans.get(text.trim().toLowerCase()) ?? text;
  if (field.kind === 'list') return text.trim().startsWith('[') ? jsonOr(text) : partsOf(text);
  if (field.kind === 'map') return text.trim().startsWith('{') ? jsonOr(text) : mapOf(text);
  return text;
}

const booleans = new Map([
  ['true', true],
  ['yes', true],
  ['false', false],
  ['no', false],
]);

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function partsOf(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function mapOf(text: string): Record<string, string> | string {
  const pairs = partsOf(text).map((part) => part.split(/=(.*)/s).slice(0, 2));
  if (pairs.some((pair) => pair.length < 2)) return text;
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name.trim(), value]));
}

/** How a value is written where only text can be: outputs of Argo, Actions and GitLab. */
export function textOfValue(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
