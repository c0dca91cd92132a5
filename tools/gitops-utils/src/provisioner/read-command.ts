import { parseArgs } from 'node:util';
import { type BadField, InputError, messageOf } from '@luban-ci/core';
import { goneCommands, type ProvisionerCommand, type ProvisionerOption, provisionerCommands } from './command-table.ts';

/** A command line of the original, read by the table. */
export interface GivenCommand {
  command: ProvisionerCommand;
  /** Texts by option; those of the environment and defaults included, empty ones not. */
  values: Readonly<Record<string, string>>;
  /** What `--set` says. */
  set: Readonly<Record<string, string>>;
  /** Options that stand on the command line. */
  typed: readonly string[];
  dryRun: boolean;
  help: boolean;
}

/**
 * Reads words and options.
 *
 * @throws InputError for a command or an option that the original did not have, one that is gone, and one that is missing
 */
export function readCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): GivenCommand | undefined {
  const [first] = argv;
  if (first === undefined || first === '--help' || first === '-h') return undefined;
  const command = provisionerCommands.find(({ words }) => words.split(' ').every((word, at) => argv[at] === word));
  if (command === undefined) throw unknownCommand(argv);
  const { values: found, set, dryRun, help } = parsedOptions(command, argv.slice(command.words.split(' ').length));
  const values = withDefaults(command.options, found, env);
  if (!help) refuseMissing(command, values);
  return { command, values, set, typed: Object.keys(found), dryRun, help };
}

function parsedOptions({ words, options }: ProvisionerCommand, argv: readonly string[]) {
  const flags = { 'dry-run': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  const own = options.map(({ name, multiple }) => [name, { type: 'string', multiple: multiple === true }] as const);
  const { values } = parsedOrRefused(words, argv, { ...Object.fromEntries(own), ...flags });
  const { 'dry-run': dryRun, help, set, ...given } = values;
  const texts = Object.entries(given).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && value !== '' ? [[name, value]] : [],
  );
  return {
    values: Object.fromEntries(texts),
    set: Array.isArray(set) ? pairsOf(set.map(String)) : {},
    dryRun: dryRun === true,
    help: help === true,
  };
}

type Options = Record<string, { type: 'string' | 'boolean'; multiple?: boolean; short?: string }>;

function parsedOrRefused(words: string, argv: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false });
  } catch (cause) {
    // A word that follows no option may be anything, a token too: it is not repeated.
    const isStray = cause instanceof Error && 'code' in cause && cause.code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL';
    const [sentence = ''] = isStray ? ['a word follows no option'] : messageOf(cause).split('. ');
    throw new InputError(`luban-provisioner ${words} cannot be used so: ${sentence}`, [], {
      cause,
      hint: `"luban-provisioner ${words} --help" lists its options.`,
    });
  }
}

function pairsOf(texts: readonly string[]): Record<string, string> {
  const pairs = texts.map((text) => /^(?<key>[^=]+)=(?<value>.*)$/s.exec(text)?.groups);
  if (pairs.some((pair) => pair === undefined)) {
    throw new InputError('--set cannot be used so', [{ field: 'set', expected: 'expected key=value' }]);
  }
  return Object.fromEntries(pairs.map((pair) => [pair?.['key']?.trim() ?? '', pair?.['value'] ?? '']));
}

/** An option wins over its variable, and that over what the original assumed. */
function withDefaults(
  options: readonly ProvisionerOption[],
  given: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const filled = options.flatMap(({ name, env: variable, preset }): [string, string][] => {
    const value = given[name] ?? ((variable === undefined ? '' : env[variable]) || preset);
    return value === undefined || value === '' ? [] : [[name, value]];
  });
  return Object.fromEntries(filled);
}

function refuseMissing({ words, options }: ProvisionerCommand, values: Readonly<Record<string, string>>): void {
  // Groups may be empty, as workflows hand on parameters that nobody gave.
  const missing = options.filter(({ name, required }) => required === true && values[name] === undefined);
  const bad: BadField[] = missing
    .filter(({ name }) => !name.endsWith('-group'))
    .map(({ name }) => ({ field: `--${name}`, expected: 'expected a value' }));
  if (bad.length > 0) throw new InputError(`luban-provisioner ${words} needs to know more`, bad);
}

function unknownCommand(argv: readonly string[]): InputError {
  const [first = ''] = argv;
  const gone = Object.hasOwn(goneCommands, first) ? goneCommands[first] : undefined;
  if (gone !== undefined) return new InputError(`luban-provisioner ${first} is gone: ${gone}`);
  const typed = argv.filter((word) => !word.startsWith('-')).slice(0, 3);
  const known = provisionerCommands.map(({ words }) => words).join(', ');
  return new InputError(`luban-provisioner has no command ${JSON.stringify(typed.join(' '))}; it has ${known}`);
}
