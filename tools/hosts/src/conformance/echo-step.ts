import { InputError, RetryableError, type Step, type StepContext, StepError, secret } from '@luban-ci/core';
import { z } from 'zod';

const inputs = z.object({
  text: z.string().describe('Any text.'),
  count: z.number().default(1).describe('A number.'),
  isLoud: z.boolean().default(false).describe('Yes or no.'),
  mood: z.enum(['calm', 'keen']).default('calm').describe('One of two.'),
  names: z.array(z.string()).default([]).describe('Several.'),
  labels: z.record(z.string(), z.string()).default({}).describe('Named values.'),
  accessToken: secret(z.string().describe('A secret.')).optional(),
  end: z.enum(['done', 'bad-input', 'failed', 'try-again', 'crash']).default('done').describe('How it ends.'),
});

/** A secret that nobody gives the step: it gets one while it runs. */
export const issuedSecret = 'i55ued-while-running';

/** A step that says back what it was given: what the conformance suite runs on every host. */
export const echoStep: Step = {
  contract: {
    id: 'echo',
    summary: 'Says back what it was given.',
    inputs,
    outputs: z.object({ saidBack: z.string(), names: z.array(z.string()), nothing: z.string().optional() }),
    needs: [],
    writes: true,
    examples: [],
  },
  run: async (given: z.output<typeof inputs>, ctx: StepContext) => {
    ctx.log.group('Echo').info(`hello ${given.text} with ${given.accessToken ?? 'no token'}`);
    ctx.hide?.(issuedSecret);
    ctx.log.info(`and was issued ${issuedSecret}`);
    ctx.log.group('Last').info('the last thing it says');
    endAs(given.end);
    return {
      changed: !ctx.dryRun,
      outputs: { saidBack: JSON.stringify({ ...given, accessToken: undefined }), names: given.names },
      summary: `said back ${given.text}`,
      diff: '--- a\n+++ b\n',
    };
  },
};

function endAs(end: z.output<typeof inputs>['end']): void {
  if (end === 'bad-input') throw new InputError('no such place', [{ field: 'isLoud', expected: 'something else' }]);
  if (end === 'failed') throw new StepError('it went wrong', { hint: 'Do it differently.' });
  if (end === 'try-again') throw new RetryableError('the other side is away');
  if (end === 'crash') throw new TypeError('a defect');
}
