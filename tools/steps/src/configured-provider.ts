import { GitProvider, type LubanConfig } from '@luban-ci/conventions';
import type { RepositoryUrl } from '@luban-ci/forge';
import { isAzureCloud, isSameHost } from './sibling-repository.ts';

/** The kind of forge that luban-config says a repository's host is: exactly that host, by name or by address. */
export function configuredProvider(url: RepositoryUrl, config: LubanConfig): GitProvider | undefined {
  return GitProvider.options.find((provider) => {
    if (provider === 'azure' && config.azure_server === 'dev.azure.com' && isAzureCloud(url.host)) return true;
    return hostsOf(provider, config).some((host) => isSameHost(url, host));
  });
}

/** Every git server that luban-config knows. */
export function configuredHosts(config: LubanConfig): string[] {
  return [...new Set(GitProvider.options.flatMap((provider) => hostsOf(provider, config)))];
}

function hostsOf(provider: GitProvider, config: LubanConfig): string[] {
  const address = config[`${provider}_base_url`];
  const hosts = [config[`${provider}_server`], address === undefined ? undefined : new URL(address).host];
  return hosts.filter((host) => host !== undefined);
}
