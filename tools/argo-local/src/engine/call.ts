import type { Arguments } from '@luban-ci/argo-workflows-schema';
import type { TemplateCall, TemplateScope } from '../model/template-scope.ts';
import type { Limiter } from './limiter.ts';

/** The steps or DAG node that a call belongs to. */
export interface Boundary {
  id: string;
  /** `parallelism` of its template. */
  children?: Limiter;
  /** True once a child failed and its template says `failFast`: nothing more is started. */
  closed(): boolean;
}

/** One call of a template, ready to run: its arguments are filled in. */
export interface Call {
  /** The node's name. */
  name: string;
  template: TemplateCall;
  scope: TemplateScope;
  args: Arguments;
  boundary?: Boundary;
  /** Nodes that the new node is a child of. */
  parents: readonly string[];
  /** `steps.name` or `tasks.name` for the template. */
  local?: readonly [string, string];
  /** Runs although the workflow is ending. */
  onExit: boolean;
  hooked?: boolean;
  /** Whether the caller looks at `outputs.result`; Argo keeps it only then. */
  wantsResult: boolean;
}
