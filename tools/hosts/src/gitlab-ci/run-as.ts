import type { Capabilities, ExitCode, Step } from '@luban-ci/core';
import type { Host, Surroundings } from '../host.ts';
import { runOnHost } from '../run-on-host.ts';
import { createSink } from './log.ts';
import { readInputs } from './read-inputs.ts';
import { spell } from './spell.ts';
import { writeFailure, writeOutputs } from './write-outputs.ts';

const gitlabCi: Host = {
  id: 'gitlab-ci',
  spell,
  readInputs,
  writeOutputs,
  writeFailure,
  createSink,
  identify: (env) => ({
    ...(env['CI_JOB_URL'] ? { url: env['CI_JOB_URL'] } : {}),
    ...(env['GITLAB_USER_LOGIN'] ? { requestedBy: env['GITLAB_USER_LOGIN'] } : {}),
  }),
};

/** A step in a GitLab CI job: variables in, a dotenv report out. */
export function runAsGitlabCi(
  step: Step,
  capabilities: Capabilities,
  around: Surroundings,
  signal: AbortSignal,
): Promise<ExitCode> {
  return runOnHost(gitlabCi, step, capabilities, around, signal);
}
