import { InputError, type InputsOf } from '@luban-ci/core';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { gitopsPlace } from '../gitops-place.ts';
import { imageEntry, readOverlay } from '../overlay-state.ts';
import { readCandidate } from './candidate.ts';
import { requireHealthy } from './health.ts';
import type { Promotion } from './promotion.ts';
import type { step } from './step.ts';

/** Reads what the source environment runs and checks that it may be promoted; changes nothing. */
export async function planPromotion(inputs: InputsOf<typeof step>, ctx: ContextOf<typeof step>): Promise<Promotion> {
  const { conventions } = ctx;
  const name = { project: inputs.projectName, app: inputs.appName };
  const { fromEnv, toEnv } = environmentsOf(inputs, ctx);
  const gitopsRepoUrl = gitopsPlace(name, inputs, conventions);
  const sourceBranch = conventions.branchOf(fromEnv);
  const targetBranch = conventions.branchOf(toEnv);
  if (inputs.scope === 'all') requireTwoBranches(sourceBranch, targetBranch, inputs);

  const folder = conventions.overlayOf(fromEnv, name);
  const source = await readOverlay(ctx.git.of(gitopsRepoUrl), gitopsRepoUrl, sourceBranch, folder);
  const entry = imageEntry(source, conventions.imageOf(name), folder);
  const environment = { name: fromEnv, placeholder: conventions.config.default_image_name };
  const candidate = await readCandidate(entry, source.record[entry.name], environment, ctx.registry);
  ctx.log.info(`${fromEnv} runs ${candidate.image}:${candidate.tag ?? ''}@${candidate.digest}`);

  const application = conventions.argocdApplicationOf(fromEnv, name);
  const healthChecked = await requireHealthy(ctx.argocd.client, application, candidate, ctx.log);
  const promotionBranch = inputs.scope === 'all' ? sourceBranch : `luban/promote-${inputs.appName}-${toEnv}`;
  return {
    appName: inputs.appName,
    gitopsRepoUrl,
    fromEnv,
    toEnv,
    sourceBranch,
    targetBranch,
    promotionBranch,
    candidate,
    healthChecked,
  };
}

/** Everything between two branches goes from one to the other by a pull request, or not at all. */
function requireTwoBranches(source: string, target: string, { mode }: InputsOf<typeof step>): void {
  const bad = [
    ...(mode === 'direct'
      ? [{ field: 'mode', expected: 'expected pull-request or auto-merge with the scope all' }]
      : []),
    ...(source === target
      ? [{ field: 'scope', expected: `expected image, as both environments are on ${source}` }]
      : []),
  ];
  if (bad.length > 0) throw new InputError('Everything between the two branches cannot be promoted like this', bad);
}

function environmentsOf(
  inputs: InputsOf<typeof step>,
  { conventions }: ContextOf<typeof step>,
): { fromEnv: string; toEnv: string } {
  const fromEnv = inputs.fromEnv ?? conventions.firstEnvironment();
  const toEnv = inputs.toEnv ?? conventions.environmentAfter(fromEnv);
  if (toEnv !== undefined && toEnv !== fromEnv) return { fromEnv, toEnv };
  throw new InputError(`There is no environment to promote ${fromEnv} to`, [
    { field: 'toEnv', expected: `expected another one of ${conventions.config.environments.join(', ')}` },
  ]);
}
