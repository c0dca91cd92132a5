export { type CapturedLog, capturedLog } from './captured-log.ts';
export { type FileTree, readTree, writeTree } from './file-tree.ts';
export { type FixedClock, fixedClock } from './fixed-clock.ts';
export { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';
export { hasProgram } from './program-presence.ts';
