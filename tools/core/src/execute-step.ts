import type { z } from 'zod';
import { type BadField, InputError } from './errors.ts';
import type { Capabilities, StepContext, StepContract, StepResult } from './step.ts';

/** A step's contract together with its story. */
export interface Step {
  contract: StepContract;
  // biome-ignore lint/suspicious/noExplicitAny: inputs and context are checked against the contract right before the call
  run: (inputs: any, ctx: any) => Promise<StepResult<Record<string, unknown>>>;
}

/**
 * Runs a step the way every host does: check all inputs, create what it needs, run, check the outputs.
 *
 * @throws InputError naming every bad field at once
 */
export async function executeStep(
  step: Step,
  raw: Record<string, unknown>,
  ctx: StepContext,
  capabilities: Capabilities,
): Promise<StepResult<Record<string, unknown>>> {
  const { inputs, granted } = checkInputs(step.contract, raw, capabilities);
  const created = await Promise.all(
    granted.map(async ({ name, values }) => [name, await capabilities[name]?.create(values, ctx)] as const),
  );
  const result = await step.run(inputs, { ...ctx, ...Object.fromEntries(created) });
  return { ...result, outputs: step.contract.outputs.parse(result.outputs) };
}

/** All inputs of a step, its own first, then those of what it needs: what hosts read and pages print. */
export function inputShapeOf(contract: StepContract, capabilities: Capabilities): z.ZodRawShape {
  const shapes = contract.needs.map((need) => capabilityOf(capabilities, need).inputs.shape as z.ZodRawShape);
  return Object.assign({}, contract.inputs.shape, ...shapes) as z.ZodRawShape;
}

interface CheckedInputs {
  inputs: unknown;
  granted: { name: string; values: Record<string, unknown> }[];
}

function checkInputs(contract: StepContract, raw: Record<string, unknown>, capabilities: Capabilities): CheckedInputs {
  const known = inputShapeOf(contract, capabilities);
  const bad: BadField[] = Object.keys(raw)
    .filter((name) => !(name in known))
    .map((field) => ({
      field,
      expected: `${contract.id} has no such input; "luban explain ${contract.id}" lists them`,
    }));
  const check = (schema: z.ZodObject): Record<string, unknown> => {
    const given = Object.fromEntries(Object.entries(raw).filter(([name]) => name in schema.shape));
    const checked = schema.safeParse(given);
    if (!checked.success) bad.push(...checked.error.issues.map((issue) => badField(issue, given)));
    return checked.data ?? {};
  };
  const inputs = check(contract.inputs);
  const granted = contract.needs.map((name) => ({ name, values: check(capabilityOf(capabilities, name).inputs) }));
  if (bad.length > 0) throw new InputError(`${contract.id} cannot use ${countOf(bad)}`, bad);
  return { inputs, granted };
}

function capabilityOf(capabilities: Capabilities, name: string): Capabilities[string] {
  const capability = capabilities[name];
  if (capability === undefined) throw new Error(`no capability is called ${name}`);
  return capability;
}

function badField(issue: z.core.$ZodIssue, given: Record<string, unknown>): BadField {
  const [field = '', ...rest] = issue.path.map(String);
  const missing = issue.code === 'invalid_type' && rest.length === 0 && given[field] === undefined;
  const where = rest.length === 0 ? '' : ` (at ${rest.join('.')})`;
  return { field, expected: missing ? 'required, but not given' : `${issue.message}${where}` };
}

function countOf(bad: readonly BadField[]): string {
  const fields = new Set(bad.map((each) => each.field)).size;
  return fields === 1 ? 'one of its inputs' : `${fields} of its inputs`;
}
