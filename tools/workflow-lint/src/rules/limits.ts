import { below } from '../documents.ts';
import type { LintContext, RootRule } from '../lint-context.ts';

/** When a step is tried again: it said so with exit code 75, or its pod was lost (phase Error, or killed: 137, 143). */
export const houseRetryExpression = "lastRetry.status == 'Error' || asInt(lastRetry.exitCode) in [75, 137, 143]";

export function checkRetry({ root, template, place, options, report }: LintContext): void {
  if (template.container === undefined && template.script === undefined) return;
  const strategy = template.retryStrategy ?? (root.runs ? root.spec.retryStrategy : undefined);
  const wanted = options.retryExpression ?? houseRetryExpression;
  if (strategy === undefined) {
    report('retry', place, `there is no retryStrategy; its expression is ${wanted}`);
    return;
  }
  const at = below(place, 'retryStrategy');
  if (strategy.limit === undefined) report('retry', at, 'retryStrategy has no limit, so it tries for ever');
  if (strategy.retryPolicy !== undefined && strategy.retryPolicy !== 'Always') {
    report(
      'retry',
      below(at, 'retryPolicy'),
      `retryPolicy ${strategy.retryPolicy} leaves lost pods or failed steps out; with an expression it is Always`,
    );
  }
  if (plain(strategy.expression ?? '') === plain(wanted)) return;
  report('retry', below(at, 'expression'), `retryStrategy.expression is not the house's: ${wanted}`);
}

function plain(expression: string): string {
  return expression.replaceAll(/\s+/g, '').replaceAll('"', "'");
}

/** Every pod has a deadline of its own. */
export function checkPodDeadline({ template, place, report }: LintContext): void {
  if (template.container === undefined && template.script === undefined) return;
  if (template.activeDeadlineSeconds !== undefined || template.timeout !== undefined) return;
  report('deadline', place, 'the template has no activeDeadlineSeconds');
}

/** And so has the whole workflow. */
export const checkWorkflowDeadline: RootRule = (root, { report }) => {
  if (!root.runs || root.spec.activeDeadlineSeconds !== undefined) return;
  report('deadline', root.place, 'the workflow has no activeDeadlineSeconds');
};
