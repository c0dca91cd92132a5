import { StepError } from '@luban-ci/core';
import { openForge } from './forge.ts';
import { organization, type SuitePlace } from './place.ts';

/** Merges the one open pull request into `main`, as a person would. */
export async function mergeChange(place: SuitePlace, repository: string): Promise<{ title: string }> {
  const { forge } = await openForge(place);
  const name = { owner: organization, repository };
  const branches = await forge.listBranches(name);
  for (const { name: source } of branches) {
    const found = await forge.findChangeRequest(name, { source, target: 'main' });
    if (found?.state !== 'open') continue;
    await forge.mergeChangeRequest(name, found.number, { expectedHead: found.head, method: 'merge' });
    return { title: found.title };
  }
  throw new StepError(`${repository} has no open pull request`);
}
