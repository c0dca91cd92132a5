import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import type { CompiledScripts } from './compiled-scripts.ts';

/** `require` as the scripts of the bundle call it: for a module of Node, or for a script beside them (`./chunk-git.cjs`). */
export type Load = (name: string) => unknown;

type Wrapped = (exports: object, load: Load, module: { exports: unknown }, file: string, folder: string) => void;

/**
 * Loads scripts of one folder, which are ASCII. Node's own loader would do the same; this one hands V8 what it has compiled in an earlier
 * run, the functions that it compiles with their first call included.
 */
export function scriptLoader(folder: string, compiled: CompiledScripts): Load {
  const loaded = new Map<string, { exports: unknown }>();
  const load: Load = (name) => {
    if (!name.startsWith('./')) return builtin(name);
    const before = loaded.get(name);
    if (before !== undefined) return before.exports;
    const exports = {};
    const module: { exports: unknown } = { exports };
    loaded.set(name, module);
    const file = join(folder, name);
    compile(name, file, compiled)(exports, load, module, file, folder);
    return module.exports;
  };
  return load;
}

function compile(name: string, filename: string, compiled: CompiledScripts): Wrapped {
  const cachedData = compiled.read(name);
  const script = new Script(wrapped(readFileSync(filename, 'latin1')), {
    filename,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  compiled.add(name, script);
  return script.runInThisContext();
}

/** As Node wraps CommonJS; on the script's own first line, so that the lines of a stack trace are right. */
function wrapped(source: string): string {
  return `(function (exports, require, module, __filename, __dirname) { ${source}\n})`;
}

function builtin(name: string): unknown {
  const found: unknown = process.getBuiltinModule(name);
  if (found !== undefined) return found;
  throw Object.assign(new Error(`Cannot find module ${JSON.stringify(name)}`), { code: 'MODULE_NOT_FOUND' });
}
