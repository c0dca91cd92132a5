import type { Conventions } from '@luban-ci/conventions';
import { isSameRepository } from '../same-repository.ts';

/** The application that a GitOps repository is of: as registered, else as the pattern of its name says, else its name. */
export function applicationOf(gitopsRepoUrl: string, { applications, config }: Conventions): string {
  const registered = applications.find(({ gitops }) => gitops !== undefined && isSameRepository(gitops, gitopsRepoUrl));
  if (registered !== undefined) return registered.app;
  const name = gitopsRepoUrl
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .replace(/^.*[/:]/s, '');
  const [before = '', after = ''] = config.gitops_repository_pattern
    .split('<app>')
    .map((text) => text.replace(/.*>/, ''));
  const isByPattern = name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after);
  return isByPattern ? name.slice(before.length, name.length - after.length) : name;
}
