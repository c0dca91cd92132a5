import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Script } from 'node:vm';

/** What V8 has compiled of the scripts, kept from run to run. */
export interface CompiledScripts {
  /** What an earlier run has kept of a script. */
  read(name: string): Buffer | undefined;
  /** A script of this run. */
  add(name: string, script: Script): void;
  /** Keeps what there is not yet; called at the end, when V8 has compiled what this run needed. */
  keep(isDone: boolean): void;
}

/** For whoever does not want files to be written. */
export const nothingKept: CompiledScripts = { read: () => undefined, add: () => {}, keep: () => {} };

/** What a run that failed has kept: it has not come to all that the next one needs. */
const partial = '.partial';

/**
 * Compiled scripts in a folder, which has to be named for their content: V8 compares its own version and a source's
 * length, and nothing more. Each command keeps its own, because no two of them need the same functions. Where the folder
 * cannot be written, nothing is kept and nobody is told.
 */
export function compiledScripts(folder: string, argv: readonly string[]): CompiledScripts {
  const own = join(folder, commandOf(argv));
  const found = new Map<string, 'whole' | 'partial'>();
  const missing = new Map<string, Script>();
  const unfinished = new Map<string, Script>();
  return {
    read: (name) => {
      const whole = readIfThere(join(own, name));
      const compiled = whole ?? readIfThere(join(own, name + partial));
      if (compiled !== undefined) found.set(name, whole === undefined ? 'partial' : 'whole');
      return compiled;
    },
    add: (name, script) => {
      if (!found.has(name) || script.cachedDataRejected === true) missing.set(name, script);
      else if (found.get(name) === 'partial') unfinished.set(name, script);
    },
    keep: (isDone) => {
      if (isDone) write(own, [...missing, ...unfinished], '');
      else write(own, [...missing], partial);
    },
  };
}

/** The name of a step or a command. Help is a command of its own: it runs hardly any of a step's code. */
function commandOf([first = '', ...rest]: readonly string[]): string {
  const isHelp = rest.some((word) => word === '--help' || word === '-h');
  return isHelp || !/^[a-z][a-z-]{0,40}$/.test(first) ? '-' : first;
}

function readIfThere(file: string): Buffer | undefined {
  return ifPossible(() => readFileSync(file));
}

/** Each file is there as a whole or not at all, however many runs end at the same moment. */
function write(folder: string, scripts: readonly (readonly [string, Script])[], ending: string): void {
  if (scripts.length === 0) return;
  const draft = join(folder, `${process.pid}.draft`);
  ifPossible(() => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const [name, script] of scripts) {
      writeFileSync(draft, '', { flag: 'wx', mode: 0o600 });
      writeFileSync(draft, script.createCachedData());
      renameSync(draft, join(folder, name + ending));
    }
  });
  ifPossible(() => rmSync(draft, { force: true }));
}

/** What cannot be kept or found again costs time, and is no failure. */
function ifPossible<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
