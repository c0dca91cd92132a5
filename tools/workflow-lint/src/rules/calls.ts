import {
  type DAGTask,
  nearestName,
  type Parameter,
  type Template,
  type WorkflowStep,
} from '@luban-ci/argo-workflows-schema';
import { below, type Place } from '../documents.ts';
import type { ContractNames, LintContext } from '../lint-context.ts';

type TemplateCalling = WorkflowStep | DAGTask;

/** The arguments of every call are those that the called template takes, and all that it needs are given. */
export function checkArguments(ctx: LintContext): void {
  for (const [call, place] of callsWithPlaces(ctx)) {
    const called = resolve(ctx, call);
    if (called !== undefined) checkCall(ctx, call, called, place);
  }
}

function checkCall(ctx: LintContext, call: TemplateCalling, called: Template, place: Place): void {
  const declared = called.inputs?.parameters ?? [];
  const given = (call.arguments?.parameters ?? []).map((parameter) => parameter.name);
  for (const [index, name] of given.entries()) {
    if (declared.some((parameter) => parameter.name === name)) continue;
    const near = nearestName(
      name,
      declared.map((parameter) => parameter.name),
    );
    const advice = near === undefined ? '' : `; did you mean ${near}?`;
    const at = below(place, 'arguments', 'parameters', index);
    ctx.report('unknown-argument', at, `the template ${called.name} takes no ${name}${advice}`);
  }
  const missing = declared.filter((parameter) => isRequired(parameter) && !given.includes(parameter.name));
  for (const { name } of missing) ctx.report('missing-argument', place, `the template ${called.name} needs ${name}`);
}

function isRequired({ value, default: fallback, valueFrom }: Parameter): boolean {
  return value === undefined && fallback === undefined && valueFrom === undefined;
}

/** A call of the step library has the argument names of the step's contract; so does the library's template itself. */
export function checkContracts(ctx: LintContext): void {
  const { contracts = [] } = ctx.options;
  for (const [call, place] of callsWithPlaces(ctx)) {
    if (call.templateRef === undefined || !isLibrary(call.templateRef.name ?? '')) continue;
    const contract = contracts.find((each) => each.id === call.templateRef?.template);
    if (contracts.length > 0 && contract === undefined) {
      ctx.report('step-contract', below(place, 'templateRef'), `there is no step called ${call.templateRef.template}`);
    }
    if (contract !== undefined)
      checkNames(ctx, contract, call.arguments?.parameters ?? [], below(place, 'arguments'), true);
  }
  const own = contracts.find((each) => each.id === ctx.template.name);
  if (own === undefined || !isLibrary(ctx.place.document.name)) return;
  checkNames(ctx, own, ctx.template.inputs?.parameters ?? [], below(ctx.place, 'inputs'), false);
}

/** The generated library carries its major version in its name: `luban-steps-v1`. */
function isLibrary(name: string): boolean {
  return /^luban-steps-v\d+$/.test(name);
}

function checkNames(
  ctx: LintContext,
  contract: ContractNames,
  parameters: readonly Parameter[],
  place: Place,
  isCall: boolean,
): void {
  const known = [...contract.inputs, ...(ctx.options.sharedInputs ?? [])];
  const names = parameters.map((parameter) => parameter.name);
  for (const [index, name] of names.entries()) {
    if (known.includes(name)) continue;
    const near = nearestName(name, known);
    const advice = near === undefined ? `; it has ${known.join(', ')}` : `; did you mean ${near}?`;
    ctx.report(
      'step-contract',
      below(place, 'parameters', index),
      `the step ${contract.id} has no input ${name}${advice}`,
    );
  }
  const missing = (isCall ? contract.required : contract.inputs).filter((name) => !names.includes(name));
  const verb = isCall ? 'needs' : 'also has';
  if (missing.length > 0) ctx.report('step-contract', place, `the step ${contract.id} ${verb} ${missing.join(', ')}`);
}

function callsWithPlaces({ template, place }: LintContext): [TemplateCalling, Place][] {
  const steps = (template.steps ?? []).flatMap((group, index) =>
    group.map((step, at): [TemplateCalling, Place] => [step, below(place, 'steps', index, at)]),
  );
  const tasks = (template.dag?.tasks ?? []).map((task, at): [TemplateCalling, Place] => [
    task,
    below(place, 'dag', 'tasks', at),
  ]);
  return [...steps, ...tasks];
}

function resolve(ctx: LintContext, call: TemplateCalling): Template | undefined {
  try {
    return ctx.scope.resolve(call).template;
  } catch {
    return undefined; // reported where calls are followed
  }
}
