import { expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from './clock.ts';
import { InputError } from './errors.ts';
import { executeStep, type Step } from './execute-step.ts';
import { silentLog } from './log.ts';
import type { Capabilities, StepContext } from './step.ts';

const ctx: StepContext = {
  workspace: '/workspace',
  temporaryFolder: '/tmp',
  log: silentLog,
  signal: new AbortController().signal,
  dryRun: false,
  clock: systemClock,
  run: {},
};

const capabilities: Capabilities = {
  greeter: {
    id: 'greeter',
    summary: 'greets',
    inputs: z.object({ greeting: z.string().default('hello') }),
    create: async (inputs) => ({ greet: (name: string) => `${String(inputs['greeting'])} ${name}` }),
  },
};

const greet: Step = {
  contract: {
    id: 'greet',
    summary: 'Greets somebody.',
    inputs: z.object({ name: z.string().min(2), times: z.number().default(1) }),
    outputs: z.object({ text: z.string() }),
    needs: ['greeter'],
    writes: false,
    examples: [],
  },
  run: async (inputs, granted) => ({
    changed: false,
    outputs: { text: granted.greeter.greet(inputs.name) },
    summary: '',
  }),
};

test('a step gets its inputs and what it needs, built from that capability’s own inputs', async () => {
  const result = await executeStep(greet, { name: 'Ada', greeting: 'good morning' }, ctx, capabilities);

  expect(result.outputs).toEqual({ text: 'good morning Ada' });
});

test('every bad input is named at once: missing, malformed and unknown', async () => {
  const failure = await executeStep(greet, { times: 'x', nmae: 'Ada' }, ctx, capabilities).catch((error) => error);

  expect(failure).toBeInstanceOf(InputError);
  expect(failure.fields).toEqual([
    { field: 'nmae', expected: 'greet has no such input; "luban explain greet" lists them' },
    { field: 'name', expected: 'required, but not given' },
    { field: 'times', expected: 'Invalid input: expected number, received string' },
  ]);
});

test('an output that breaks the contract is a defect of the step, not a result', async () => {
  const broken: Step = { ...greet, run: async () => ({ changed: false, outputs: { text: 1 }, summary: '' }) };

  await expect(executeStep(broken, { name: 'Ada' }, ctx, capabilities)).rejects.toThrow(/text/);
});
