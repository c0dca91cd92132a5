import { type Answer, StepError } from '@luban-ci/core';
import type { z } from 'zod';

/** For an answer that must have a body: a 404 is among its errors. */
export async function required<T>(read: Promise<T | undefined>): Promise<T> {
  const value = await read;
  if (value === undefined) throw new StepError('The forge answered that something it has just made does not exist');
  return value;
}

/** Reads the body of an answer by a schema. @throws StepError when it is something else */
export function parsed<S extends z.ZodType>(schema: S, answer: Answer, action: string): z.output<S> {
  const text = Buffer.from(answer.bytes).toString('utf8');
  const result = schema.safeParse(jsonOf(text, action));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new StepError(
    `${action} failed: the forge's answer cannot be used (at ${issue?.path.join('.')}: ${issue?.message})`,
    {
      cause: result.error,
      hint: 'See that the address is that of the forge and not of something in front of it.',
    },
  );
}

function jsonOf(text: string, action: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StepError(`${action} failed: the forge's answer is not JSON`, {
      cause,
      hint: 'See that the address is that of the forge and not of something in front of it, such as a login page.',
    });
  }
}
