import { type ForgeProvider, providerOf, type RepositoryUrl, wellKnownProvider } from '@luban-ci/forge';
import { webHostOf } from '../sibling-repository.ts';
import type { ConfiguredServer } from './configured-server.ts';

/** The forge that a repository is on. */
export interface ForgeServer {
  provider: ForgeProvider;
  /** Of its web page. */
  baseUrl: string;
  /** Where the configuration names one: Azure DevOps' only. */
  apiVersion: string | undefined;
}

interface Given {
  gitProvider?: ForgeProvider | undefined;
  gitBaseUrl?: string | undefined;
  configPath?: string | undefined;
}

/**
 * As the inputs say; else as luban-config says of exactly this host; else a public forge. The configuration is read only
 * where it may know more.
 *
 * @throws InputError when nobody says what kind of forge it is
 */
export async function forgeServerOf(url: RepositoryUrl, given: Given): Promise<ForgeServer> {
  const configured = await configuredFor(url, given);
  const provider = given.gitProvider ?? configured?.provider ?? providerOf(url.host);
  const own = `${url.scheme === 'http' ? 'http' : 'https'}://${webHostOf(url)}`;
  const isSameKind = configured?.provider === provider;
  return {
    provider,
    baseUrl: given.gitBaseUrl ?? (isSameKind ? configured.baseUrl : undefined) ?? own,
    apiVersion: isSameKind ? configured.apiVersion : undefined,
  };
}

/** Public forges have one address; Azure DevOps' may have another API version. */
async function configuredFor(url: RepositoryUrl, { configPath }: Given): Promise<ConfiguredServer | undefined> {
  const isPlain = wellKnownProvider(url.host) !== undefined && url.azure === undefined;
  if (configPath === undefined || isPlain) return undefined;
  return (await import('./configured-server.ts')).configuredServer(url, configPath);
}
