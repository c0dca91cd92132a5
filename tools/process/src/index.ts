export { plainEnvironment } from './plain-environment.ts';
export { type ProgramOptions, type ProgramResult, runProgram } from './run-program.ts';
export {
  type DetachedOptions,
  type StreamedProgram,
  type StreamOptions,
  startDetached,
  streamProgram,
} from './stream-program.ts';
