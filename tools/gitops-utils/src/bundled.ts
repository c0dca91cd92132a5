#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// The bundle's own entry: what V8 has compiled once is kept between runs. In the user's own folder, not in the system's
// temporary one, where somebody else could have put it. Where that cannot be written, or NODE_COMPILE_CACHE names another
// place, Node does without, or goes there.
enableCompileCache(join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'luban'));
await import('./main.ts');
