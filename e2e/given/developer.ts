import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inClone } from './clone.ts';
import type { SuitePlace } from './place.ts';

/** A file that a developer writes, or writes anew. */
export interface GivenFile {
  repository: string;
  path: string;
  content: string;
}

/** A commit on the main branch. */
export async function givenCommit(place: SuitePlace, file: GivenFile): Promise<{ revision: string }> {
  return inClone(place, file.repository, async ({ git, folder }) => {
    await mkdir(dirname(join(folder, file.path)), { recursive: true });
    await writeFile(join(folder, file.path), file.content);
    await git('add', '--all');
    await git('commit', '--quiet', '--message', `Write ${file.path}`);
    await git('push', '--quiet', 'origin', 'main');
    return { revision: (await git('rev-parse', 'HEAD')).trim() };
  });
}

/** An annotated tag on the newest commit. */
export async function givenTag(place: SuitePlace, repository: string, tag: string): Promise<{ revision: string }> {
  return inClone(place, repository, async ({ git }) => {
    await git('tag', '--annotate', '--message', `Release ${tag}`, tag);
    await git('push', '--quiet', 'origin', tag);
    return { revision: (await git('rev-parse', 'HEAD')).trim() };
  });
}
