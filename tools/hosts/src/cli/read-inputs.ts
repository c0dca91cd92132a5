import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type BadField, type Field, InputError, inStyle, messageOf, toCamelCase } from '@luban-ci/core';
import { z } from 'zod';
import { isDryRun, readEnvironment, variableOf } from '../environment-inputs.ts';
import type { GivenInputs, Surroundings } from '../host.ts';
import { valueOfText } from '../text-value.ts';

/** Flags that every step has beside its own inputs. */
const commonFlags = ['dry-run', 'input-file', 'workspace'] as const;

/** Flags win over the environment (`LUBAN_<INPUT>`), which wins over `--input-file`. */
export async function readInputs(fields: readonly Field[], around: Surroundings): Promise<GivenInputs> {
  const flags = readFlags(fields, around.argv);
  const file = flags.inputFile === undefined ? {} : await readInputFile(resolve(around.cwd, flags.inputFile), fields);
  return {
    values: { ...file, ...readEnvironment(fields, around.env), ...flags.values },
    dryRun: flags.dryRun || isDryRun(around.env),
    workspace: resolve(around.cwd, flags.workspace ?? around.env['LUBAN_WORKSPACE'] ?? '.'),
  };
}

interface Flags {
  values: Record<string, unknown>;
  dryRun: boolean;
  inputFile: string | undefined;
  workspace: string | undefined;
}

function readFlags(fields: readonly Field[], argv: readonly string[]): Flags {
  const byFlag = new Map(fields.map((field) => [inStyle(field.name, 'kebab'), field]));
  const parsed = parseArgs({
    args: [...argv],
    options: Object.fromEntries([...byFlag].map(([flag, field]) => [flag, optionOf(field)]).concat(commonOptions)),
    allowPositionals: true,
    allowNegative: true,
    strict: false,
    tokens: true,
  });
  const given = Object.entries(parsed.values).filter(([flag]) => !commonFlags.some((common) => common === flag));
  refuse(given, strayWords(parsed.tokens, byFlag), byFlag);
  return {
    values: Object.fromEntries(given.map(([flag, value]) => flagValue(flag, value, byFlag))),
    dryRun: parsed.values['dry-run'] === true,
    inputFile: textOf(parsed.values['input-file']),
    workspace: textOf(parsed.values['workspace']),
  };
}

type Option = { type: 'string' | 'boolean'; multiple?: boolean };

const commonOptions: [string, Option][] = [
  ['dry-run', { type: 'boolean' }],
  ['input-file', { type: 'string' }],
  ['workspace', { type: 'string' }],
];

function optionOf(field: Field): Option {
  if (field.kind === 'boolean') return { type: 'boolean' };
  return { type: 'string', multiple: field.kind === 'list' || field.kind === 'map' };
}

/** Unknown flags are left to the contract, which knows all the names; what only a command line can get wrong is said here. */
function refuse(given: [string, unknown][], stray: readonly string[], byFlag: Map<string, Field>): void {
  const bad: BadField[] = given.flatMap(([flag, value]) => {
    const field = byFlag.get(flag);
    if (field?.secret)
      return [
        {
          field: field.name,
          expected: `a secret is given as ${variableOf(field.name)} in the environment, where no process list shows it`,
        },
      ];
    if (field !== undefined && field.kind !== 'boolean' && value === true)
      return [{ field: field.name, expected: 'a value after the flag' }];
    return [];
  });
  const words = stray.map((word) => JSON.stringify(word)).join(', ');
  if (stray.length > 0)
    throw new InputError(`every input is given as --name value, but ${words} follows no flag that takes one`, bad);
  if (bad.length > 0) throw new InputError('the command line cannot be used', bad);
}

type Token = { kind: string; index: number; name?: string; value?: string | undefined };

/** Words that belong to no flag. The one after a flag that nobody knows is its value: that flag is refused, not the word. */
function strayWords(tokens: readonly Token[], byFlag: Map<string, Field>): string[] {
  return tokens.flatMap((token, at) => {
    const before = tokens[at - 1];
    const isKnown = byFlag.has(before?.name ?? '') || commonFlags.some((flag) => flag === before?.name);
    const isValue = before?.kind === 'option' && before.value === undefined && !isKnown;
    return token.kind === 'positional' && !isValue ? [String(token.value)] : [];
  });
}

function flagValue(flag: string, value: unknown, byFlag: Map<string, Field>): [string, unknown] {
  const field = byFlag.get(flag);
  if (field === undefined) return [toCamelCase(flag), value];
  if (Array.isArray(value)) return [field.name, combined(field, value.map(String))];
  return [field.name, typeof value === 'string' ? valueOfText(field, value) : value];
}

/** A list or map flag may be given several times. */
function combined(field: Field, texts: string[]): unknown {
  const values = texts.map((text) => valueOfText(field, text));
  if (values.some((value) => typeof value !== 'object')) return texts.join(',');
  return field.kind === 'list' ? values.flat() : Object.assign({}, ...values);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

async function readInputFile(path: string, fields: readonly Field[]): Promise<Record<string, unknown>> {
  const content = z.record(z.string(), z.unknown()).safeParse(await parsedFile(path));
  if (!content.success) throw new InputError(`${path} is no map of inputs`);
  const named = (key: string): string => fields.find((field) => spellings(field.name).includes(key))?.name ?? key;
  return Object.fromEntries(Object.entries(content.data).map(([key, value]) => [named(key), value]));
}

async function parsedFile(path: string): Promise<unknown> {
  const { parse } = await import('yaml');
  try {
    return parse(await readFile(path, 'utf8')) ?? {};
  } catch (error) {
    throw new InputError(`the input file ${path} cannot be read: ${messageOf(error)}`, [], { cause: error });
  }
}

function spellings(name: string): string[] {
  return [name, inStyle(name, 'kebab'), inStyle(name, 'snake')];
}
