import { parseLubanConfig, readConfigMap } from '@luban-ci/conventions';
import type { ForgeProvider, RepositoryUrl } from '@luban-ci/forge';
import { configuredProvider } from '../configured-provider.ts';

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
  const provider = configuredProvider(url, config);
  if (provider === undefined) return undefined;
  const versions: Partial<Record<ForgeProvider, string>> = {
    azure: config.azure_devops_api_version,
    ado: config.ado_devops_api_version,
  };
  return { provider, baseUrl: config[`${provider}_base_url`], apiVersion: versions[provider] };
}
