import { join } from 'node:path';
import { inClone } from './clone.ts';
import { kubectl } from './kubectl.ts';
import type { SuitePlace } from './place.ts';

/** Applies a file of a repository, as an administrator does from a clone. */
export async function applyFile(place: SuitePlace, repository: string, path: string): Promise<void> {
  await inClone(place, repository, ({ folder }) => kubectl(place, 'apply', '-f', join(folder, path)));
}
