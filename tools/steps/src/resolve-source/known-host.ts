import type { LubanConfig } from '@luban-ci/conventions';
import { InputError } from '@luban-ci/core';

/**
 * A push event names the repository, and whoever sends it may name any: the token goes only to servers that the
 * configuration knows.
 *
 * @throws InputError when it knows no server of that name
 */
export function requireKnownHost(host: string, config: LubanConfig): void {
  const servers = [
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
  ];
  const known = [
    ...servers,
    ...addresses.map((address) => (address === undefined ? undefined : new URL(address).host)),
  ];
  const hasAzureCloud =
    config.azure_server === 'dev.azure.com' && /^(ssh\.dev\.azure|[a-z0-9-]+\.visualstudio)\.com$/.test(host);
  if (known.includes(host) || hasAzureCloud) return;
  throw new InputError(`${host} is not one of the git servers in luban-config`, [
    {
      field: 'repoUrl',
      expected: `expected a repository on ${[...new Set(known.filter((each) => each !== undefined))].join(', ')}`,
    },
  ]);
}
