import type { DAGTask, WorkflowStep } from '@luban-ci/argo-workflows-schema';
import { fillAllTags, fillTags } from '../expressions/fill-tags.ts';
import { shouldExecute } from '../expressions/should-execute.ts';
import { isLoop, itemsOf, turnOf } from './expand-items.ts';

/** One node that a step or task leads to. */
export interface ExpandedCall<T extends WorkflowStep | DAGTask> {
  /** The step's name, with the turn of its loop: `build(0:api)`. */
  name: string;
  /** The step with its arguments filled in; where it is skipped, as it stands. */
  call: T;
  /** Why it does not run. */
  skipped?: string;
}

/**
 * Turns a step or task into the nodes it leads to: one, or one for each item. `when` is asked for each of them; where it
 * says no, nothing else of the call is looked at (workflow/controller/steps.go, resolveReferences and expandStep).
 *
 * @throws ExpressionError, InputError
 */
export function expandCall<T extends WorkflowStep | DAGTask>(
  call: T,
  variables: Map<string, string>,
): ExpandedCall<T>[] {
  const base = call.name ?? '';
  if (!isLoop(call)) return [decided(call, base, variables)];
  return itemsFor(call, variables).map((item, index) => {
    const turn = turnOf(item, index);
    return decided(call, `${base}${turn.suffix}`, new Map([...variables, ...turn.variables]));
  });
}

function decided<T extends WorkflowStep | DAGTask>(
  call: T,
  name: string,
  variables: Map<string, string>,
): ExpandedCall<T> {
  const when = fillTags(call.when ?? '', variables);
  if (!shouldExecute(when)) return { name, call, skipped: `when '${when}' evaluated false` };
  return { name, call: { ...call, arguments: fillAllTags(call.arguments ?? {}, variables) } };
}

/** A list that cannot be read does not matter when `when` says no without looking at the item. */
function itemsFor(call: WorkflowStep | DAGTask, variables: Map<string, string>): unknown[] {
  try {
    return itemsOf({
      ...(call.withItems === undefined ? {} : { withItems: fillAllTags(call.withItems, variables) }),
      ...(call.withParam === undefined ? {} : { withParam: fillTags(call.withParam, variables) }),
      ...(call.withSequence === undefined ? {} : { withSequence: fillAllTags(call.withSequence, variables) }),
    });
  } catch (error) {
    if (call.when === undefined || call.when.includes('{{item') || shouldExecute(fillTags(call.when, variables)))
      throw error;
    return [];
  }
}
