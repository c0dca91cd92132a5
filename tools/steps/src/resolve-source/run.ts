import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { resolvePush } from '../pushes/resolve-push.ts';
import type { step } from './step.ts';

export async function run(
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<StepResult<OutputsOf<typeof step>>> {
  const orderKey = inputs.requestedAt ?? inputs.dispatchedAt ?? ctx.clock.now().toISOString();
  const push = await resolvePush({ ...inputs, orderKey, requestedBy: ctx.run.requestedBy }, ctx);
  const summary = push.skip ? `skipped: ${push.reason}` : push.reason;
  return { changed: false, outputs: push, summary };
}
