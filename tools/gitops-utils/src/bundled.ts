#!/usr/bin/env node
import { writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { compiledScripts, nothingKept } from './bundled/compiled-scripts.ts';
import { scriptLoader } from './bundled/script-loader.ts';

/** Names the content of the scripts beside this file; put in by the bundler. */
declare const scriptsId: string;

const { env, argv, version, arch } = process;
// In the user's own folder, not in the system's temporary one, where somebody else could have put it. The variables are
// those of Node's own cache.
const cache = env['NODE_COMPILE_CACHE'] || join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'luban');
const folder = join(cache, `scripts-${scriptsId}-${version}-${arch}`);
const compiled = env['NODE_DISABLE_COMPILE_CACHE'] === '1' ? nothingKept : compiledScripts(folder, argv.slice(2));
// Node would print the line that threw, and a line of a script is as long as its file.
process.once('uncaughtException', (error) => {
  writeSync(2, `${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
process.once('exit', (code) => compiled.keep(code === 0));
scriptLoader(import.meta.dirname, compiled)('./main.cjs');
