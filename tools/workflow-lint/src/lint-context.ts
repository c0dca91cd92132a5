import type { TemplateScope } from '@luban-ci/argo-local';
import type { ManifestReader, Template, WorkflowSpec } from '@luban-ci/argo-workflows-schema';
import type { Documents, Place } from './documents.ts';
import type { RuleId } from './rule-reasons.ts';

/** What a step takes and gives, as data: the part of its contract that a workflow can get wrong. Names in snake_case. */
export interface ContractNames {
  id: string;
  inputs: readonly string[];
  required: readonly string[];
  outputs: readonly string[];
}

/** What stands outside of the files: names with their keys. What is left out altogether is not checked. */
export interface KnownNames {
  configMaps?: Readonly<Record<string, readonly string[]>>;
  secrets?: Readonly<Record<string, readonly string[]>>;
  serviceAccounts?: readonly string[];
}

export interface LintOptions {
  contracts?: readonly ContractNames[];
  known?: KnownNames;
  /** Inputs that every template of the step library has besides those of its contract, such as an image. */
  sharedInputs?: readonly string[];
  /** The expression that every retryStrategy has; the house's own where nothing is said. */
  retryExpression?: string;
  /** One reader for many calls: compiling the schema takes longer than the rest. */
  reader?: ManifestReader;
}

/** A workflow that can run, or a library of which nobody knows who runs it. */
export interface LintRoot {
  place: Place;
  spec: WorkflowSpec;
  scope: TemplateScope;
  /** What a Workflow or a CronWorkflow says itself, beside what the template that it refers to says. */
  submitted: WorkflowSpec | undefined;
  /** False for a library: parameters and volumes of the running workflow are unknown then. */
  runs: boolean;
  /** `globalName`s of all templates it comes to. */
  globalNames: ReadonlySet<string>;
}

/** One template that a root comes to. */
export interface LintContext {
  root: LintRoot;
  template: Template;
  place: Place;
  /** Where the names in the template are looked up. */
  scope: TemplateScope;
  documents: Documents;
  options: LintOptions;
  report(rule: RuleId, place: Place, message: string): void;
}

export type TemplateRule = (ctx: LintContext) => void;
export type RootRule = (root: LintRoot, ctx: Pick<LintContext, 'documents' | 'options' | 'report'>) => void;
