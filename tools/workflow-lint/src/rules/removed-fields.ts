import type { LintDocument } from '../documents.ts';
import type { LintContext } from '../lint-context.ts';

/** Fields that 3.7 still reads and 4.0 does not have, with what takes their place (docs/deprecations.md of Argo). */
const removed: readonly { parent: string; field: string; instead: string }[] = [
  { parent: 'synchronization', field: 'semaphore', instead: 'semaphores, a list' },
  { parent: 'synchronization', field: 'mutex', instead: 'mutexes, a list' },
  { parent: 'spec', field: 'schedule', instead: 'schedules, a list' },
  { parent: 'spec', field: 'podPriority', instead: 'podPriorityClassName' },
];

export function checkRemovedFields(document: LintDocument, report: LintContext['report']): void {
  visit(document.value, [], (path) => {
    const found = removed.find(({ parent, field }) => path.at(-2) === parent && path.at(-1) === field);
    if (found !== undefined)
      report('removed-field', { document, path }, `${found.field} is gone in Argo 4; write ${found.instead}`);
  });
}

function visit(
  value: unknown,
  path: readonly (string | number)[],
  seen: (path: readonly (string | number)[]) => void,
): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    seen(at);
    visit(inner, at, seen);
  }
}
