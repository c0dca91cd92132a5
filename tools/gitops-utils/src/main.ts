#!/usr/bin/env node
import { processSurroundings, schemasWithoutCompiler, stopSignal } from '@luban-ci/hosts';
import { runLuban } from './luban.ts';

/** Whoever reads our output may have enough before its end: `luban steps | head -1`. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

schemasWithoutCompiler();
process.exitCode = await runLuban(processSurroundings(), stopSignal());
