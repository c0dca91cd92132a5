import { ExpressionError } from './expression-error.ts';
import { goJson } from './go-json.ts';
import { jsonPath } from './json-path.ts';

type ExpressionFunction = (...args: unknown[]) => unknown;

/**
 * The functions an expression may call: expr-lang's own, what Argo adds (util/expr/env/env.go), and the part of sprig
 * that works on texts and numbers. sprig takes the text last.
 */
const functions: Readonly<Record<string, ExpressionFunction>> = {
  asInt: (value) => Math.trunc(asNumber(value, 'asInt')),
  asFloat: (value) => asNumber(value, 'asFloat'),
  int: (value) => Math.trunc(asNumber(value, 'int')),
  float: (value) => asNumber(value, 'float'),
  string: (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
  toJson: (value) => goJson(value),
  toJSON: (value) => JSON.stringify(value, null, 2),
  fromJSON: (value) => parseJson(asText(value, 'fromJSON')),
  jsonpath: (value, path) => jsonPath(parseJson(asText(value, 'jsonpath')), asText(path, 'jsonpath')),
  len: (value) => lengthOf(value),
  trim: (value) => asText(value, 'trim').trim(),
  upper: (value) => asText(value, 'upper').toUpperCase(),
  lower: (value) => asText(value, 'lower').toLowerCase(),
  split: (value, by) => asText(value, 'split').split(asText(by, 'split')),
  join: (value, by = '') => asList(value, 'join').join(asText(by, 'join')),
  replace: (value, from, to) =>
    asText(value, 'replace').replaceAll(asText(from, 'replace'), () => asText(to, 'replace')),
  hasPrefix: (value, prefix) => asText(value, 'hasPrefix').startsWith(asText(prefix, 'hasPrefix')),
  hasSuffix: (value, suffix) => asText(value, 'hasSuffix').endsWith(asText(suffix, 'hasSuffix')),
  'sprig.trim': (value) => asText(value, 'sprig.trim').trim(),
  'sprig.upper': (value) => asText(value, 'sprig.upper').toUpperCase(),
  'sprig.lower': (value) => asText(value, 'sprig.lower').toLowerCase(),
  'sprig.trimPrefix': (prefix, value) =>
    withoutStart(asText(value, 'sprig.trimPrefix'), asText(prefix, 'sprig.trimPrefix')),
  'sprig.trimSuffix': (suffix, value) =>
    withoutEnd(asText(value, 'sprig.trimSuffix'), asText(suffix, 'sprig.trimSuffix')),
  'sprig.replace': (from, to, value) =>
    asText(value, 'sprig.replace').replaceAll(asText(from, 'sprig.replace'), () => asText(to, 'sprig.replace')),
  'sprig.hasPrefix': (prefix, value) => asText(value, 'sprig.hasPrefix').startsWith(asText(prefix, 'sprig.hasPrefix')),
  'sprig.hasSuffix': (suffix, value) => asText(value, 'sprig.hasSuffix').endsWith(asText(suffix, 'sprig.hasSuffix')),
  'sprig.contains': (part, value) => asText(value, 'sprig.contains').includes(asText(part, 'sprig.contains')),
  'sprig.trunc': (length, value) => truncated(asText(value, 'sprig.trunc'), asNumber(length, 'sprig.trunc')),
  'sprig.default': (fallback, value) => (isEmpty(value) ? fallback : value),
  'sprig.empty': (value) => isEmpty(value),
  'sprig.ternary': (yes, no, condition) => (condition === true ? yes : no),
  'sprig.toString': (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
  'sprig.b64enc': (value) => Buffer.from(asText(value, 'sprig.b64enc')).toString('base64'),
  'sprig.b64dec': (value) => Buffer.from(asText(value, 'sprig.b64dec'), 'base64').toString(),
};

export const functionNames: readonly string[] = Object.keys(functions);

export function callFunction(name: string, args: readonly unknown[]): unknown {
  const called = functions[name];
  if (called === undefined) throw new ExpressionError(`the function ${name} is not supported here`);
  return called(...args);
}

function asText(value: unknown, caller: string): string {
  if (typeof value === 'string') return value;
  throw new ExpressionError(`${caller} wants a text, but got ${JSON.stringify(value)}`);
}

function asNumber(value: unknown, caller: string): number {
  const number = typeof value === 'number' ? value : Number.parseFloat(asText(value, caller));
  if (Number.isNaN(number) || (typeof value === 'string' && !/^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(value))) {
    throw new ExpressionError(`${caller} wants a number, but got ${JSON.stringify(value)}`);
  }
  return number;
}

function asList(value: unknown, caller: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new ExpressionError(`${caller} wants a list, but got ${JSON.stringify(value)}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ExpressionError(`${JSON.stringify(text)} is not JSON`, { cause });
  }
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return [...value].length;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length;
  throw new ExpressionError(`len wants a text, a list or a map, but got ${JSON.stringify(value)}`);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function withoutStart(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function withoutEnd(text: string, suffix: string): string {
  return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
}

/** A negative length keeps the end, as sprig's does. */
function truncated(text: string, length: number): string {
  return length < 0 ? text.slice(length) : text.slice(0, length);
}
