import { processSurroundings, schemasWithoutCompiler, stopSignal } from '@luban-ci/hosts';
import { runLuban } from './luban.ts';

schemasWithoutCompiler();
// Without a top-level await, which scripts of the bundle cannot have.
runLuban(processSurroundings(), stopSignal()).then((code) => {
  process.exitCode = code;
});
