import { isDeepStrictEqual } from 'node:util';
import { InputError, messageOf, StepError } from '@luban-ci/core';
import { parse, type TomlTable, type TomlValue } from 'smol-toml';
import { isRecord } from '../image-places/image-place.ts';
import { dataAt, locate } from '../value-path.ts';
import { type TomlPath, type TomlScalar, tomlScalarsOf } from './toml-scalars.ts';

/** What a scalar can be set to. */
export type TomlScalarValue = string | number | boolean;

/**
 * The text with another value at one path, in the quotes that stand there; every other byte stays. The result is read
 * again and compared: nothing but that value may differ.
 *
 * @throws StepError when it is no TOML, or cannot be edited safely; InputError when no scalar stands there
 */
export function setTomlValue(text: string, at: string, value: TomlScalarValue, file: string): string {
  const before = parseToml(text, file);
  const path = locate(before, at, file);
  const scalar = tomlScalarsOf(text).find((each) => JSON.stringify(each.path) === JSON.stringify(path));
  if (scalar === undefined) {
    const expected = 'expected the path of a text, a number or a boolean that is there';
    throw new InputError(`${file} has no single value as ${at}`, [{ field: 'at', expected }]);
  }
  if (isDeepStrictEqual(dataAt(before, path), meant(value))) return text;
  const after = text.slice(0, scalar.start) + render(value, text, scalar) + text.slice(scalar.end);
  if (isDeepStrictEqual(parsedOrUndefined(after), withValue(before, path, meant(value)))) return after;
  throw new StepError(`${file} is laid out in a way that ${at} cannot be edited without changing other parts`, {
    hint: 'Write this value on a line of its own, then run again; nothing was changed.',
  });
}

function parseToml(text: string, file: string): TomlTable {
  try {
    return parse(text.replace(/^\ufeff/, ''), { integersAsBigInt: true });
  } catch (cause) {
    const [sentence] = messageOf(cause).split('\n');
    throw new StepError(`${file} is not valid TOML: ${sentence}`, {
      hint: 'Correct the file; nothing was changed.',
      cause,
    });
  }
}

function parsedOrUndefined(text: string): TomlTable | undefined {
  try {
    return parseToml(text, '');
  } catch {
    return undefined;
  }
}

/** As the parser gives it: whole numbers are big. */
function meant(value: TomlScalarValue): TomlValue {
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
}

function withValue(data: unknown, [step, ...rest]: TomlPath, value: TomlValue): unknown {
  if (step === undefined) return value;
  if (Array.isArray(data)) return data.map((item, at) => (at === step ? withValue(item, rest, value) : item));
  if (!isRecord(data)) return data;
  const copy = Object.assign(Object.create(Object.getPrototypeOf(data)), data);
  return Object.defineProperty(copy, step, {
    value: withValue(data[String(step)], rest, value),
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** A text keeps the kind of its quotes, unless a literal cannot hold it; all else is written as it is. */
function render(value: TomlScalarValue, text: string, { start }: TomlScalar): string {
  if (typeof value !== 'string') return String(value);
  const isLiteral = text[start] === "'" && !/['\p{Cc}]/u.test(value);
  return isLiteral ? `'${value}'` : JSON.stringify(value).replaceAll('\u007f', '\\u007f');
}
