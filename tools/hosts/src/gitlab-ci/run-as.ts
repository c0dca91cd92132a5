import { runAs } from '../run-on-host.ts';
import { createSink } from './log.ts';
import { readInputs } from './read-inputs.ts';
import { spell } from './spell.ts';
import { writeFailure, writeOutputs } from './write-outputs.ts';

/** A step in a GitLab CI job: variables in, a dotenv report out. */
export const runAsGitlabCi = runAs({
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
});
