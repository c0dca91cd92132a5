import type { RuleId } from './rule-reasons.ts';

/** One thing to change, and where. */
export interface Finding {
  file: string;
  /** Counted from 1; left out where the field is missing altogether and so has no line. */
  line?: number;
  /** `spec.templates[0].container.image` */
  path: string;
  rule: RuleId;
  /** What is wrong and what would be right, as a sentence without a full stop. */
  message: string;
}

/** `workflows/x/template.yaml:12 spec.entrypoint (unknown-template): …` */
export function showFinding({ file, line, path, rule, message }: Finding): string {
  return `${file}${line === undefined ? '' : `:${line}`} ${path} (${rule}): ${message}`;
}
