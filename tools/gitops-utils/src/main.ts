#!/usr/bin/env node
import { processSurroundings, schemasWithoutCompiler, stopSignal } from '@luban-ci/hosts';
import { runLuban } from './luban.ts';

schemasWithoutCompiler();
process.exitCode = await runLuban(processSurroundings(), stopSignal());
