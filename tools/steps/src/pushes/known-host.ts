import type { LubanConfig } from '@luban-ci/conventions';
import { InputError } from '@luban-ci/core';
import type { RepositoryUrl } from '@luban-ci/forge';
import { configuredHosts, configuredProvider } from '../configured-provider.ts';

/**
 * A push event names the repository, and whoever sends it may name any: the token goes only to servers that the
 * configuration knows.
 *
 * @throws InputError when it knows no server of that name
 */
export function requireKnownHost(url: RepositoryUrl, config: LubanConfig): void {
  if (configuredProvider(url, config) !== undefined) return;
  throw new InputError(`${url.host} is not one of the git servers in luban-config`, [
    { field: 'repoUrl', expected: `expected a repository on ${configuredHosts(config).join(', ')}` },
  ]);
}
