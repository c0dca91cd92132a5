export { type ProgramOptions, type ProgramResult, plainEnvironment, runProgram } from './run-program.ts';
