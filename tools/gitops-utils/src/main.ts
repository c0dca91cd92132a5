#!/usr/bin/env node
import { processSurroundings, stopSignal } from '@luban-ci/hosts';
import { runLuban } from './luban.ts';

process.exitCode = await runLuban(processSurroundings(), stopSignal());
