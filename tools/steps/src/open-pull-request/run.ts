import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import type { ChangeRequest } from '@luban-ci/forge';
import type { ContextOf } from '../capabilities/capabilities.ts';
import type { ForgeRepositoryHandle } from '../capabilities/forge.ts';
import { ensureChangeRequest, mergeWhenReady } from '../change-request.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;
type Result = StepResult<OutputsOf<typeof step>>;

export async function run(inputs: Inputs, ctx: ContextOf<typeof step>): Promise<Result> {
  const { repoUrl, sourceBranch: source, targetBranch: target, title, body } = inputs;
  const handle = await ctx.forge.of(repoUrl);
  if (ctx.dryRun) return wouldOpen(inputs, await handle.forge.findChangeRequest(handle.name, { source, target }));
  const opened = await ensureChangeRequest(handle, { source, target, title, body });
  const { value } = opened;
  const { url, number } = value;
  const changed = (await ensureLabels(handle, number, inputs.pullRequestLabels)) || opened.changed;
  if (inputs.merge === 'no') return { changed, summary: `${url} is open`, outputs: { url, number, state: 'open' } };
  const merge = await mergeWhenReady(handle, value);
  return {
    changed: changed || merge.changed,
    summary: `${url} is ${merge.state}`,
    outputs: { url, number, state: merge.state },
  };
}

async function ensureLabels({ forge, name }: ForgeRepositoryHandle, number: number, labels: string[]) {
  return labels.length > 0 && (await forge.ensureLabels(name, number, labels)).changed;
}

function wouldOpen({ sourceBranch, targetBranch, title }: Inputs, found: ChangeRequest | undefined): Result {
  const what = `a pull request from ${sourceBranch} to ${targetBranch}: ${title}`;
  const summary = found === undefined ? `would open ${what}` : `would bring ${found.url} up to date: ${title}`;
  return { changed: false, summary, outputs: { url: found?.url ?? '', number: found?.number ?? 0, state: 'open' } };
}
