import type { Arguments } from '@luban-ci/argo-workflows-schema';
import type { Run } from './run.ts';

/** The workflow's arguments with the values they have: what the entry point and handlers of the old kind get. */
export function workflowArguments(run: Run): Arguments {
  const parameters = run.spec.arguments?.parameters ?? [];
  return {
    parameters: parameters.map(({ name }) => ({ name, value: run.globals.get(`workflow.parameters.${name}`) ?? '' })),
  };
}
