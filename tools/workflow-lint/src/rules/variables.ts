import { dependsOf } from '@luban-ci/argo-local';
import { type DAGTask, nearestName, type WorkflowStep } from '@luban-ci/argo-workflows-schema';
import { below, type Place } from '../documents.ts';
import type { LintContext } from '../lint-context.ts';
import { namesIn, namesInExpression, textsIn } from '../texts.ts';

/** What a text may name besides what every text may. */
interface Position {
  /** `steps` or `tasks` that are over by then, by name. */
  earlier: ReadonlyMap<string, WorkflowStep | DAGTask>;
  inLoop: boolean;
}

const workflowFields = [
  ...['name', 'namespace', 'uid', 'status', 'failures', 'duration', 'mainEntrypoint', 'serviceAccountName', 'priority'],
  ...['scheduledTime', 'creationTimestamp', 'parameters', 'labels', 'annotations'],
];
const nodeFields = ['id', 'ip', 'status', 'exitCode', 'startedAt', 'finishedAt', 'hostNodeName'];
const podVariables = ['pod.name', 'node.name', 'retries', 'steps.name', 'tasks.name'];

/** Every tag in a template names something that is there when it is filled in. */
export function checkVariables(ctx: LintContext): void {
  const { template, place } = ctx;
  const after: Position = { earlier: callsIn(ctx), inLoop: false };
  for (const { text, place: at } of textsIn(template, place, ['steps', 'dag', 'retryStrategy']))
    checkText(ctx, text, at, after);
  for (const [index, { valueFrom }] of (template.outputs?.parameters ?? []).entries()) {
    const at = below(place, 'outputs', 'parameters', index, 'valueFrom');
    const bare = valueFrom?.parameter?.includes('{{') === false ? [valueFrom.parameter] : [];
    const names = [...bare, ...namesInExpression(valueFrom?.expression ?? '')];
    for (const name of names) checkName(ctx, name, at, after);
  }
  checkSteps(ctx);
  checkTasks(ctx);
}

function checkSteps(ctx: LintContext): void {
  const earlier = new Map<string, WorkflowStep>();
  for (const [group, steps] of (ctx.template.steps ?? []).entries()) {
    for (const [index, step] of steps.entries()) {
      checkCall(ctx, step, below(ctx.place, 'steps', group, index), earlier);
    }
    for (const step of steps) earlier.set(step.name ?? '', step);
  }
}

function checkTasks(ctx: LintContext): void {
  const tasks = ctx.template.dag?.tasks ?? [];
  for (const [index, task] of tasks.entries()) {
    const earlier = new Map(ancestorsOf(task, tasks).map((each) => [each.name, each]));
    checkCall(ctx, task, below(ctx.place, 'dag', 'tasks', index), earlier);
  }
}

function checkCall(ctx: LintContext, call: WorkflowStep | DAGTask, at: Place, earlier: Position['earlier']): void {
  const inLoop = call.withItems !== undefined || call.withParam !== undefined || call.withSequence !== undefined;
  for (const { text, place } of textsIn(call, at, ['hooks'])) checkText(ctx, text, place, { earlier, inLoop });
  const after = { earlier: new Map([...earlier, [call.name ?? '', call]]), inLoop };
  for (const { text, place } of textsIn(call.hooks ?? {}, below(at, 'hooks'))) checkText(ctx, text, place, after);
}

function ancestorsOf(task: DAGTask, all: readonly DAGTask[], seen = new Set<string>()): DAGTask[] {
  const direct = attemptDepends(task, all).filter((name) => !seen.has(name));
  for (const name of direct) seen.add(name);
  const found = direct.flatMap((name) => all.filter((each) => each.name === name));
  return [...found, ...found.flatMap((each) => ancestorsOf(each, all, seen))];
}

/** What is wrong with a `depends` is another rule's business. */
function attemptDepends(task: DAGTask, all: readonly DAGTask[]): string[] {
  try {
    return dependsOf(task, all).tasks;
  } catch {
    return [];
  }
}

function callsIn({ template }: LintContext): Map<string, WorkflowStep | DAGTask> {
  return new Map(
    [...(template.steps ?? []).flat(), ...(template.dag?.tasks ?? [])].map((call) => [call.name ?? '', call]),
  );
}

function checkText(ctx: LintContext, text: string, place: Place, position: Position): void {
  const { names, problem } = namesIn(text);
  if (problem !== undefined) ctx.report('unknown-variable', place, problem);
  for (const name of names) checkName(ctx, name, place, position);
}

function checkName(ctx: LintContext, name: string, place: Place, position: Position): void {
  const [family = '', second = '', ...rest] = name.split('.');
  if (podVariables.includes(name) || family === 'lastRetry') return;
  if (family === 'inputs') {
    checkInput(ctx, second, rest.join('.'), place);
    return;
  }
  if (family === 'workflow') {
    checkWorkflow(ctx, second, rest, place);
    return;
  }
  if (family === 'steps' || family === 'tasks') {
    checkNode(ctx, family, second, rest, place, position);
    return;
  }
  if (family === 'outputs') {
    checkOwnOutput(ctx, name, rest, place);
    return;
  }
  if (family !== 'item') {
    ctx.report('unknown-variable', place, `{{${name}}} is not a variable that Argo knows`);
    return;
  }
  if (!position.inLoop)
    ctx.report(
      'unknown-variable',
      place,
      `{{${name}}} is only known in a step with withItems, withParam or withSequence`,
    );
}

function checkInput(ctx: LintContext, kind: string, name: string, place: Place): void {
  const declared = (ctx.template.inputs?.parameters ?? []).map((parameter) => parameter.name);
  if (kind !== 'parameters' || name === '' || declared.includes(name)) return;
  const advice = suggestion(name, declared);
  const message = `{{inputs.parameters.${name}}} is read, but the template ${ctx.template.name} declares no input ${name}${advice}`;
  ctx.report('unknown-parameter', place, message);
}

function checkWorkflow(ctx: LintContext, field: string, rest: readonly string[], place: Place): void {
  const name = rest.join('.');
  if (field === 'outputs') {
    const global = rest.slice(1).join('.');
    if (ctx.root.runs && !ctx.root.globalNames.has(global))
      ctx.report('unknown-output', place, `no output has the globalName ${global}`);
    return;
  }
  if (!workflowFields.includes(field)) {
    ctx.report('unknown-variable', place, `{{workflow.${field}}} is not a variable that Argo knows`);
    return;
  }
  if (field !== 'parameters' || name === '' || name === 'json' || !ctx.root.runs) return;
  const declared = (ctx.root.spec.arguments?.parameters ?? []).map((parameter) => parameter.name);
  if (declared.includes(name)) return;
  const where = ctx.place.document === ctx.root.place.document ? place : below(ctx.root.place, 'arguments');
  const message = `{{workflow.parameters.${name}}} is read by the template ${ctx.template.name} of ${ctx.place.document.name}`;
  ctx.report(
    'unknown-workflow-parameter',
    where,
    `${message}, but this workflow has no parameter ${name}${suggestion(name, declared)}`,
  );
}

function checkNode(
  ctx: LintContext,
  family: string,
  name: string,
  rest: readonly string[],
  place: Place,
  { earlier }: Position,
): void {
  const call = earlier.get(name);
  const own = ctx.template.dag === undefined ? 'steps' : 'tasks';
  if (call === undefined || family !== own) {
    const advice = suggestion(name, [...earlier.keys()]);
    const message = `{{${family}.${name}…}} names nothing in ${own} that is over by then${advice}`;
    ctx.report('unknown-output', place, message);
    return;
  }
  const [first = '', kind, ...output] = rest;
  if (nodeFields.includes(first) || (first === 'outputs' && kind === 'result')) return;
  if (first !== 'outputs') {
    ctx.report('unknown-output', place, `${family}.${name} has no ${first}`);
    return;
  }
  if (kind !== 'parameters' || output.length === 0) return;
  checkOutput(ctx, call, `${family}.${name}`, output.join('.'), place);
}

function checkOutput(
  ctx: LintContext,
  call: WorkflowStep | DAGTask,
  called: string,
  output: string,
  place: Place,
): void {
  const declared = declaredOutputs(ctx, call);
  if (declared === undefined || declared.includes(output)) return;
  ctx.report('unknown-output', place, `${called} has no output ${output}${suggestion(output, declared)}`);
}

function declaredOutputs(ctx: LintContext, call: WorkflowStep | DAGTask): string[] | undefined {
  try {
    return (ctx.scope.resolve(call).template.outputs?.parameters ?? []).map((parameter) => parameter.name);
  } catch {
    return undefined;
  }
}

function checkOwnOutput(ctx: LintContext, name: string, rest: readonly string[], place: Place): void {
  const declared = (ctx.template.outputs?.parameters ?? []).map((parameter) => `${parameter.name}.path`);
  if (!declared.includes(rest.join('.')))
    ctx.report('unknown-output', place, `{{${name}}} names no output of this template`);
}

function suggestion(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return near === undefined ? '' : `; did you mean ${near}?`;
}
