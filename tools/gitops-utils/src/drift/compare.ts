import { executeStep, fieldsOf, hintOf, inputShapeOf, messageOf, type StepContext } from '@luban-ci/core';
import { readEnvironment } from '@luban-ci/hosts';
import { loadStep } from '@luban-ci/steps';
import { capabilities } from '@luban-ci/steps/capabilities';
import { z } from 'zod';
import type { Comparison } from './comparisons.ts';

/** What has become of one thing: it is missing, it is otherwise, or it is there and should not be. */
export interface DriftedObject {
  how: 'missing' | 'different' | 'unwanted';
  /** As people read it: `RoleBinding snd-payment/project-developers`. */
  name: string;
}

/** A comparison with what came of it. */
export interface Compared extends Omit<Comparison, 'inputs'> {
  objects: DriftedObject[];
  /** Unified diff from what is there to what should be. */
  diff: string;
  /** Why it could not be compared. */
  problem?: string;
}

const words = { created: 'missing', updated: 'different', removed: 'unwanted' } as const;
const Outputs = z.object({ changedObjects: z.array(z.string()) });

/**
 * Asks a set-up step what it would do, and does nothing. Addresses and credentials are the environment's, as for the step alone.
 *
 * @param shared inputs that every step gets as far as it takes them: the configuration, the cluster
 */
export async function compare(
  { inputs, ...about }: Comparison,
  shared: Readonly<Record<string, string>>,
  around: { env: Readonly<Record<string, string | undefined>>; ctx: StepContext },
): Promise<Compared> {
  try {
    const step = await loadStep(about.step);
    const shape = inputShapeOf(step.contract, capabilities);
    const fields = fieldsOf(shape);
    const environment: Record<string, unknown> = { ...notSent, ...readEnvironment(fields, around.env), ...shared };
    for (const { name, secret } of fields) if (secret) around.ctx.hide?.(String(environment[name] ?? ''));
    const taken = Object.entries(environment).filter(([name]) => name in shape);
    const given = { ...Object.fromEntries(taken), ...inputs };
    const { outputs, diff = '' } = await executeStep(step, given, { ...around.ctx, dryRun: true }, capabilities);
    return { ...about, objects: Outputs.parse(outputs).changedObjects.map(drifted), diff };
  } catch (error) {
    around.ctx.signal.throwIfAborted();
    return { ...about, objects: [], diff: '', problem: [messageOf(error), hintOf(error)].filter(Boolean).join(' ') };
  }
}

/** A webhook wants a secret to be compared, which no forge tells: in a dry run it goes nowhere. */
const notSent = { webhookSecret: 'not sent in a comparison' };

/** `updated HarborProject payment` */
function drifted(text: string): DriftedObject {
  const [, outcome = '', name = text] = /^(created|updated|removed) (.*)$/s.exec(text) ?? [];
  return { how: words[outcome as keyof typeof words] ?? 'different', name };
}
