import { type ExitCode, InputError } from '@luban-ci/core';
import type { RunAs, Surroundings } from '@luban-ci/hosts';
import { loadStep, type StepId } from '@luban-ci/steps';
import { capabilities } from '@luban-ci/steps/capabilities';
import { explainStep } from './explain.ts';

/** The hosts that the image is used by; a GitHub Action brings its own program. */
const hosts: Record<string, () => Promise<RunAs>> = {
  cli: async () => (await import('@luban-ci/hosts/cli')).runAsCli,
  argo: async () => (await import('@luban-ci/hosts/argo')).runAsArgo,
  'gitlab-ci': async () => (await import('@luban-ci/hosts/gitlab-ci')).runAsGitlabCi,
};

/** Runs a step on the host that `LUBAN_HOST` names, the command line by default. */
export async function runStep(id: StepId, around: Surroundings, signal: AbortSignal): Promise<ExitCode> {
  const name = around.env['LUBAN_HOST'] || 'cli';
  const load = Object.hasOwn(hosts, name) ? hosts[name] : undefined;
  if (load === undefined)
    throw new InputError(`LUBAN_HOST is "${name}"; expected one of ${Object.keys(hosts).join(', ')}`);
  if (around.argv.some((word) => word === '--help' || word === '-h')) return explainStep(id, around);
  const [runAs, step] = await Promise.all([load(), loadStep(id)]);
  return runAs(step, capabilities, around, signal);
}
