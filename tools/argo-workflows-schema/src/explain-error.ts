import type { ErrorObject } from 'ajv/dist/2020.js';
import { nearestName } from './nearest-name.ts';

/** One thing in a manifest that Argo would not read, or would read as nothing. */
export interface SchemaProblem {
  /** Keys and list positions from the top, empty for the document itself. */
  path: readonly (string | number)[];
  /** What was expected, as a sentence without a full stop: `unknown field "imagee"; did you mean "image"?` */
  message: string;
}

/** Turns what ajv says into where it is and what was expected. */
export function explainError(error: ErrorObject): SchemaProblem {
  const path = segmentsOf(error.instancePath);
  if (error.keyword === 'additionalProperties') return unknownField(error, path);
  if (error.keyword === 'required') return missingField(error, path);
  if (error.keyword === 'type') return wrongType(error, path);
  if (error.keyword === 'const')
    return { path, message: `expected ${quoted(error.schema)}, found ${found(error.data)}` };
  if (error.keyword === 'enum') return notOneOf(error, path);
  return { path, message: `${error.message ?? error.keyword}, found ${found(error.data)}` };
}

/** `spec.templates[0].container` */
export function showPath(path: readonly (string | number)[]): string {
  return path.reduce<string>((shown, part) => {
    if (typeof part === 'number') return `${shown}[${part}]`;
    return shown === '' ? part : `${shown}.${part}`;
  }, '');
}

function unknownField(error: ErrorObject, path: SchemaProblem['path']): SchemaProblem {
  const field = String(error.params['additionalProperty']);
  const known = Object.keys(propertiesOf(error.parentSchema));
  const near = nearestName(field, known);
  const advice = near === undefined ? `known are ${known.sort().join(', ')}` : `did you mean "${near}"?`;
  return { path: [...path, field], message: `unknown field "${field}"; ${advice}` };
}

function missingField(error: ErrorObject, path: SchemaProblem['path']): SchemaProblem {
  return { path, message: `field "${String(error.params['missingProperty'])}" is required, but not given` };
}

function wrongType(error: ErrorObject, path: SchemaProblem['path']): SchemaProblem {
  const types = [error.params['type']].flat().map(String);
  return { path, message: `expected ${types.join(' or ')}, found ${found(error.data)}` };
}

function notOneOf(error: ErrorObject, path: SchemaProblem['path']): SchemaProblem {
  const choices = Array.isArray(error.schema) ? error.schema.map(quoted) : [];
  return { path, message: `expected one of ${choices.join(', ')}, found ${found(error.data)}` };
}

function propertiesOf(schema: unknown): object {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return {};
  return typeof schema.properties === 'object' && schema.properties !== null ? schema.properties : {};
}

function found(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return `${typeof value} ${quoted(value)}`;
}

function quoted(value: unknown): string {
  return JSON.stringify(value);
}

/** A JSON pointer's parts; digits are list positions. */
function segmentsOf(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
