import type { Conventions, GitProvider, RegisteredApplication } from '@luban-ci/conventions';
import { parseRepositoryUrl } from '@luban-ci/forge';
import { configuredProvider } from '../configured-provider.ts';
import { repositoryIdentity } from '../same-repository.ts';

/**
 * The registered applications whose source repository is on a server of this kind, each alone in its repository: a repository
 * of several applications has no event that could be made up for, because its events name one of them.
 */
export function sourcesOn(provider: GitProvider, { applications, config }: Conventions): RegisteredApplication[] {
  const counts = new Map<string, number>();
  for (const { source } of applications) {
    const identity = repositoryIdentity(source);
    counts.set(identity, (counts.get(identity) ?? 0) + 1);
  }
  return applications.filter(
    ({ source }) => counts.get(repositoryIdentity(source)) === 1 && isOn(provider, source, config),
  );
}

export function isOn(provider: GitProvider, address: string, config: Conventions['config']): boolean {
  try {
    return configuredProvider(parseRepositoryUrl(address), config) === provider;
  } catch {
    return false;
  }
}
