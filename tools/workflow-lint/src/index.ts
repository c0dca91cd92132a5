export type { LintFile } from './documents.ts';
export { type Finding, showFinding } from './finding.ts';
export type { ContractNames, KnownNames, LintOptions } from './lint-context.ts';
export { lintWorkflows } from './lint-workflows.ts';
export { planOf } from './plan.ts';
export { type RuleId, ruleReasons } from './rule-reasons.ts';
export { houseRetryExpression } from './rules/limits.ts';
