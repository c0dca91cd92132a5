import { runAs } from '../run-on-host.ts';
import { createSink } from './log.ts';
import { readInputs } from './read-inputs.ts';
import { spell } from './spell.ts';
import { writeFailure, writeOutputs } from './write-outputs.ts';

/** A step on the command line: flags in, JSON on standard output, the story on standard error. */
export const runAsCli = runAs({
  id: 'cli',
  spell,
  readInputs,
  writeOutputs,
  writeFailure,
  createSink,
  identify: (env) => ({
    ...(env['LUBAN_RUN_URL'] ? { url: env['LUBAN_RUN_URL'] } : {}),
    ...(env['LUBAN_REQUESTED_BY'] ? { requestedBy: env['LUBAN_REQUESTED_BY'] } : {}),
  }),
});
