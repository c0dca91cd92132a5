import { GitProvider, type LubanConfig, parseLubanConfig, readConfigMap } from '@luban-ci/conventions';
import type { ForgeProvider, RepositoryUrl } from '@luban-ci/forge';
import { isAzureCloud, isSameHost } from '../sibling-repository.ts';

export interface ConfiguredServer {
  provider: ForgeProvider;
  baseUrl: string | undefined;
  apiVersion: string | undefined;
}

/**
 * What luban-config says of exactly the host of a repository. A module of its own, so that the schema of luban-config is
 * built only for a step that asks for it.
 */
export async function configuredServer(url: RepositoryUrl, configPath: string): Promise<ConfiguredServer | undefined> {
  const config = parseLubanConfig(await readConfigMap(configPath));
  const provider = GitProvider.options.find((each) => isServer(each, url, config));
  if (provider === undefined) return undefined;
  const versions: Partial<Record<ForgeProvider, string>> = {
    azure: config.azure_devops_api_version,
    ado: config.ado_devops_api_version,
  };
  return { provider, baseUrl: config[`${provider}_base_url`], apiVersion: versions[provider] };
}

function isServer(provider: ForgeProvider, url: RepositoryUrl, config: LubanConfig): boolean {
  const server = config[`${provider}_server`];
  const address = config[`${provider}_base_url`];
  if (provider === 'azure' && server === 'dev.azure.com' && isAzureCloud(url.host)) return true;
  const hosts = [server, address === undefined ? undefined : new URL(address).host];
  return hosts.some((host) => host !== undefined && isSameHost(url, host));
}
