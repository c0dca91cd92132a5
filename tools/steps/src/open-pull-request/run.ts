import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { ensureChangeRequest, mergeWhenReady } from '../change-request.ts';
import type { step } from './step.ts';

export async function run(
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<StepResult<OutputsOf<typeof step>>> {
  const { repoUrl, sourceBranch: source, targetBranch: target, title, body } = inputs;
  const handle = await ctx.forge.of(repoUrl);
  if (ctx.dryRun) {
    const summary = `would open a pull request from ${source} to ${target}: ${title}`;
    return { changed: false, summary, outputs: { url: '', number: 0, state: 'open' } };
  }
  const { changed, value } = await ensureChangeRequest(handle, { source, target, title, body });
  const outputs = { url: value.url, number: value.number };
  if (inputs.merge === 'no')
    return { changed, summary: `${value.url} is open`, outputs: { ...outputs, state: 'open' } };
  const merged = await mergeWhenReady(handle, value);
  return { changed: true, summary: `${value.url} is ${merged.state}`, outputs: { ...outputs, state: merged.state } };
}
