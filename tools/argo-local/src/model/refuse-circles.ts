import type { DAGTemplate } from '@luban-ci/argo-workflows-schema';
import { InputError } from '@luban-ci/core';

/** @throws InputError when tasks wait for each other in a circle */
export function refuseCircles(template: DAGTemplate, dependenciesOf: (name: string) => readonly string[]): void {
  const checked = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (checked.has(name)) return;
    if (path.includes(name)) throw new InputError(`the tasks ${[...path, name].join(' → ')} wait for each other`);
    for (const dependency of dependenciesOf(name)) visit(dependency, [...path, name]);
    checked.add(name);
  };
  for (const { name } of template.tasks ?? []) visit(name, []);
}
