import type { Template } from '@luban-ci/argo-workflows-schema';

/** Whether anything in the template reads the `outputs.result` of this step or task (operator.go, hasOutputResultRef). */
export function wantsResult(name: string, parent: Template): boolean {
  const prefix = parent.dag === undefined ? 'steps' : 'tasks';
  const text = JSON.stringify(parent).replaceAll('\\"', '"');
  return [
    `${prefix}.${name}.outputs.result`,
    `${prefix}['${name}'].outputs.result`,
    `${prefix}["${name}"].outputs.result`,
  ].some((reference) => text.includes(reference));
}
