import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { authorFor } from '../provenance.ts';
import { ensureContent } from '../set-up/ensure-content.ts';
import { ensureRepository } from '../set-up/ensure-repository.ts';
import { awaitingMerge, type Outcome, setUpResult } from '../set-up/outcome.ts';
import { removeRepository } from '../set-up/remove-repository.ts';
import { ensureOverlay } from './ensure-overlay.ts';
import { ensureDefaultBranch, ensureProtection } from './ensure-rules.ts';
import { type GitopsSetUp, gitopsSetUp } from './place.ts';
import { register, unregister } from './registration.ts';
import type { step } from './step.ts';
import { newRepository, type TemplateUse } from './template-layout.ts';

type Inputs = InputsOf<typeof step>;
type Context = ContextOf<typeof step>;

export async function run(inputs: Inputs, ctx: Context): Promise<StepResult<OutputsOf<typeof step>>> {
  const setUp = await gitopsSetUp(inputs, ctx);
  const { url: gitopsRepoUrl, conventions } = setUp;
  const gitopsBranch = conventions.branchOf(inputs.deployEnv);
  const { outcomes, waitsFor } = inputs.remove
    ? await removeAll(setUp, inputs, ctx)
    : await ensureAll(setUp, gitopsBranch, inputs, ctx);
  const outputs = { gitopsRepoUrl, gitopsBranch, pullRequestUrl: waitsFor };
  return awaitingMerge(setUpResult(`The GitOps repository ${gitopsRepoUrl}`, outcomes, ctx.dryRun, outputs), waitsFor);
}

interface Done {
  outcomes: Outcome[];
  waitsFor?: string | undefined;
}

async function ensureAll(setUp: GitopsSetUp, gitopsBranch: string, inputs: Inputs, ctx: Context): Promise<Done> {
  const { app, conventions, branches, workBranch } = setUp;
  const { template, templateValues: given, deployEnv: env } = inputs;
  const { templates, dagster } = ctx;
  const use: TemplateUse = { ...{ templates, template, given }, ...{ app, conventions, dagster } };
  const files = await newRepository(use); // what cannot be rendered is said before anything is made
  const { repository, ensured } = await ensureRepository(setUp);
  const content = await ensureContent(setUp, repository, {
    branches,
    files,
    message: `Begin with ${template}`,
    ...authorFor(ctx.run),
  });
  const outcomes: Outcome[] = [ensured, ...content.outcomes];
  let waitsFor: string | undefined;
  for (const branch of new Set([workBranch, gitopsBranch])) {
    // A repository that was just filled has every overlay; what a branch would have that is not there was told with it.
    if (content.wasEmpty || (ctx.dryRun && content.missing.includes(branch))) continue;
    const overlay = await ensureOverlay(setUp, branch, { env, ...authorFor(ctx.run) }, use);
    outcomes.push(overlay.ensured);
    waitsFor = overlay.waitsFor ?? waitsFor;
  }
  outcomes.push(await ensureDefaultBranch(setUp, repository));
  const rules = { requiredApprovals: inputs.requiredApprovals, requiredStatusChecks: [] };
  const closed = inputs.protectBranches ? branches.filter((each) => each !== workBranch) : [];
  for (const branch of closed) {
    outcomes.push(await ensureProtection(setUp, branch, rules, repository));
  }
  if (inputs.register) outcomes.push(...(await register(setUp, await ctx.kubernetes.client(), inputs)));
  return { outcomes, waitsFor };
}

async function removeAll(setUp: GitopsSetUp, inputs: Inputs, ctx: Context): Promise<Done> {
  const entry = inputs.register ? await unregister(setUp, await ctx.kubernetes.client(), inputs) : [];
  return { outcomes: [...entry, await removeRepository(setUp)] };
}
