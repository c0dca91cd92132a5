import { InputError, type InputsOf, type OutputsOf, StepError, type StepResult } from '@luban-ci/core';
import {
  formatReference,
  parsePlatform,
  parseRepository,
  selectTag,
  type TagPolicy,
  type TagSelection,
} from '@luban-ci/images';
import type { ContextOf } from '../capabilities/capabilities.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;

export async function run(inputs: Inputs, ctx: ContextOf<typeof step>): Promise<StepResult<OutputsOf<typeof step>>> {
  const repository = parseRepository(inputs.image);
  const selection = await selectTag(ctx.registry, {
    repository,
    policy: policyOf(inputs),
    filter: filterOf(inputs),
    platforms: inputs.platforms.map(parsePlatform),
    mostLookedInto: inputs.mostLookedInto,
  });
  const { tag, digest, runnerUp, explanation } = selection;
  const [summary = '', ...reasons] = explanation;
  if (tag === undefined && inputs.failOnNone) throw noneFound(inputs.image, selection);
  for (const sentence of reasons) ctx.log.info(sentence);
  const chosen =
    tag === undefined || digest === undefined
      ? { found: false }
      : { found: true, imageTag: tag, digest, reference: formatReference({ ...repository, tag, digest }) };
  return {
    changed: false,
    outputs: { ...chosen, image: inputs.image, ...(runnerUp === undefined ? {} : { runnerUp }), explanation },
    summary: `${inputs.image}: ${summary}`,
  };
}

function policyOf({ policy, range, coerce, order: direction, imageTag }: Inputs): TagPolicy {
  if (policy === 'newest') return { kind: policy };
  if (policy === 'numerical' || policy === 'alphabetical') return { kind: policy, direction };
  if (policy === 'digest') return { kind: policy, tag: given(imageTag, 'imageTag', policy) };
  return { kind: policy, range: given(range, 'range', policy), coerce };
}

function given(value: string | undefined, field: string, policy: string): string {
  if (value !== undefined) return value;
  throw new InputError(`The policy ${policy} cannot choose without it`, [
    { field, expected: `required where the policy is ${policy}` },
  ]);
}

function filterOf({ pattern, extract }: Inputs): { pattern: string; extract?: string } | undefined {
  if (pattern !== undefined) return { pattern, ...(extract === undefined ? {} : { extract }) };
  if (extract === undefined) return undefined;
  throw new InputError('Nothing can be extracted without a pattern', [
    { field: 'pattern', expected: 'required beside extract' },
  ]);
}

function noneFound(image: string, { explanation: [first, ...reasons] }: TagSelection): StepError {
  const hint = reasons.length === 0 ? 'See that the image was pushed, and its name.' : `${reasons.join('; ')}.`;
  return new StepError(`${image} has no tag to choose: ${first}`, { hint });
}
