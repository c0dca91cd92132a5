import { nearestName } from '@luban-ci/argo-workflows-schema';
import { below } from '../documents.ts';
import type { RootRule } from '../lint-context.ts';

/** A Workflow or a CronWorkflow that submits a template gives it all the parameters it needs, and no others. */
export const checkExample: RootRule = (root, { documents, report }) => {
  const { submitted } = root;
  if (submitted === undefined) return;
  const at = below(root.place, 'arguments');
  for (const { name, value, valueFrom } of root.spec.arguments?.parameters ?? []) {
    if (value === undefined && valueFrom === undefined)
      report('missing-argument', at, `the workflow needs a value for ${name}`);
  }
  const reference = submitted.workflowTemplateRef;
  if (reference === undefined) return;
  const { workflowTemplates, clusterWorkflowTemplates } = documents.catalog;
  const all = reference.clusterScope === true ? clusterWorkflowTemplates : workflowTemplates;
  const holder = all.find(({ metadata }) => metadata.name === reference.name);
  const known = (holder?.spec.arguments?.parameters ?? []).map((parameter) => parameter.name);
  const given = (submitted.arguments?.parameters ?? []).map((parameter) => parameter.name);
  for (const name of given.filter((each) => !known.includes(each))) {
    const near = nearestName(name, known);
    const advice = near === undefined ? '' : `; did you mean ${near}?`;
    report('unknown-argument', at, `the template ${reference.name} has no parameter ${name}${advice}`);
  }
};
