export { type ProgramOptions, type ProgramResult, plainEnvironment, runProgram } from './run-program.ts';
export {
  type DetachedOptions,
  type StreamedProgram,
  type StreamOptions,
  startDetached,
  streamProgram,
} from './stream-program.ts';
