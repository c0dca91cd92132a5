import type { Catalog } from '@luban-ci/argo-local';
import type { Workflow } from '@luban-ci/argo-workflows-schema';

/** A workflow that is run by both. */
export interface Submission {
  /** Also the workflow's name, which node names begin with. */
  name: string;
  workflow: Workflow;
  /** What stands around it: templates, ConfigMaps, Secrets. The cluster has the same. */
  catalog: Catalog;
  /** What somebody does to it from outside while it runs. */
  intervention?: Intervention;
}

/** As soon as the node of this name runs, `argo <command>` is called for the workflow, or the same is done here. */
export interface Intervention {
  node: string;
  command: 'stop' | 'terminate' | 'resume';
  /** With `resume`: values for supplied outputs of that node. */
  values?: Readonly<Record<string, string>>;
}
