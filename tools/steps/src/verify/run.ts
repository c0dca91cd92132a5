import { InputError, type InputsOf, type OutputsOf, StepError, type StepResult } from '@luban-ci/core';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { deploymentsOf } from '../environments/deployments.ts';
import { type Finding, findingsOf } from '../environments/findings.ts';
import { type HandEdit, whoEdited } from '../environments/hand-edits.ts';
import { type EnvironmentState, readEnvironments } from '../environments/read-environments.ts';
import type { step } from './step.ts';

type Outputs = OutputsOf<typeof step>;

export async function run(inputs: InputsOf<typeof step>, ctx: ContextOf<typeof step>): Promise<StepResult<Outputs>> {
  const { gitopsRepoUrl: url } = inputs;
  const { config } = ctx.conventions;
  const wanted = inputs.environments.length > 0 ? inputs.environments : config.environments;
  const git = ctx.git.of(url);
  const states = await readEnvironments(git, url, { environments: wanted }, ctx.conventions);
  refuseAbsent(states, url);
  const expected = {
    order: config.environments,
    keepsRecords: config.record !== 'none',
    expectsPromotions: inputs.expectPromotions,
  };
  const found = states.flatMap((state) => findingsOf(state, expected));
  const editors = await whoEdited(git, url, found);
  const findings = found.map((each) => findingText(each, editors.get(each), states));
  for (const finding of findings) ctx.log.warn(finding);
  if (findings.length > 0 && inputs.failOnFindings) {
    throw new StepError(`${url} is not as it was recorded: ${findings.join('; ')}`, {
      hint: 'Deploy, promote or roll back instead of editing by hand, or accept it with a new deployment.',
    });
  }
  const summary = findings.length === 0 ? `${url} is as it was recorded` : `${findings.length} findings in ${url}`;
  const handEdits = [...editors].map(([{ environment, folder, image = '' }, edit]) => {
    return { environment, folder, image, ...edit };
  });
  const environments = states.map(environmentOutput);
  return { changed: false, outputs: { sound: findings.length === 0, environments, findings, handEdits }, summary };
}

/** To look for something that is not there is a mistake in the question. */
function refuseAbsent(states: readonly EnvironmentState[], url: string): void {
  for (const { environment, branch, commit, overlays } of states) {
    if (commit !== undefined && overlays.length > 0) continue;
    const what = commit === undefined ? `branch ${branch}` : `overlay of ${environment} on ${branch}`;
    throw new InputError(`${url} has no ${what}, so nothing is known of ${environment}`, [
      { field: 'environments', expected: 'expected environments that the repository has' },
    ]);
  }
}

/** Of a repository of many applications, the application is named, too. */
function findingText(
  { environment, folder, sentence }: Finding,
  edit: HandEdit | undefined,
  states: readonly EnvironmentState[],
): string {
  const overlays = states.find((state) => state.environment === environment)?.overlays ?? [];
  const overlay = overlays.find((each) => each.folder === folder);
  const where = overlays.length > 1 && overlay !== undefined ? `${environment} ${overlay.application}` : environment;
  if (edit === undefined) return `${where}: ${sentence}`;
  return `${where}: ${sentence}; by ${edit.author} in ${edit.commit.slice(0, 12)}, ${edit.at} (${edit.subject})`;
}

function environmentOutput({ environment, branch, commit = '', overlays }: EnvironmentState) {
  const images = overlays.flatMap(deploymentsOf).map(({ environment: _, ...deployment }) => deployment);
  return { environment, branch, commit, images };
}
