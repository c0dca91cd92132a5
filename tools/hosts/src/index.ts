export { painted } from './cli/log.ts';
export { isDryRun, readEnvironment, variableOf } from './environment-inputs.ts';
export { failureData, failureLines } from './failure-text.ts';
export type { Host, HostId, Surroundings } from './host.ts';
export type { RunAs } from './run-on-host.ts';
export { schemasWithoutCompiler } from './schemas-without-compiler.ts';
export { stopSignal } from './stop-signal.ts';
export { processSurroundings } from './surroundings.ts';
export { textOfValue, valueOfText } from './text-value.ts';
