import type { LubanConfig } from '@luban-ci/conventions';
import { InputError } from '@luban-ci/core';
import type { RepositoryUrl } from '@luban-ci/forge';
import { isAzureCloud, isSameHost } from '../sibling-repository.ts';

/**
 * A push event names the repository, and whoever sends it may name any: the token goes only to servers that the
 * configuration knows.
 *
 * @throws InputError when it knows no server of that name
 */
export function requireKnownHost(url: RepositoryUrl, config: LubanConfig): void {
  const servers = serversOf(config);
  const isCloud = config.azure_server === 'dev.azure.com' && isAzureCloud(url.host);
  if (isCloud || servers.some((server) => isSameHost(url, server))) return;
  throw new InputError(`${url.host} is not one of the git servers in luban-config`, [
    { field: 'repoUrl', expected: `expected a repository on ${servers.join(', ')}` },
  ]);
}

function serversOf(config: LubanConfig): string[] {
  const hosts = [
    config.github_server,
    config.gitlab_server,
    config.azure_server,
    config.ado_server,
    config.gitea_server,
  ];
  const addresses = [
    config.github_base_url,
    config.gitlab_base_url,
    config.azure_base_url,
    config.ado_base_url,
    config.gitea_base_url,
  ].map((address) => (address === undefined ? undefined : new URL(address).host));
  return [...new Set([...hosts, ...addresses].filter((host) => host !== undefined))];
}
