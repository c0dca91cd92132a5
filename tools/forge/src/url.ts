import { InputError } from '@luban-ci/core';
import type { ForgeProvider } from './forge.ts';

/** A host that is a forge of a known kind, from the configuration: `git.corp` is `gitea`. */
export type ForgeHosts = Readonly<Record<string, ForgeProvider>>;

/** Hosts that need no configuration. Compared whole, never as part of another name. */
const wellKnownHosts: ForgeHosts = {
  'github.com': 'github',
  'gitlab.com': 'gitlab',
  'gitea.com': 'gitea',
  'dev.azure.com': 'azure',
  'ssh.dev.azure.com': 'azure',
  'vs-ssh.visualstudio.com': 'azure',
};

/** What a public forge that everybody knows is; `undefined` for every other host. */
export function wellKnownProvider(host: string): ForgeProvider | undefined {
  const name = host.toLowerCase();
  if (/^[a-z0-9-]+\.visualstudio\.com$/.test(name)) return 'azure';
  return Object.hasOwn(wellKnownHosts, name) ? wellKnownHosts[name] : undefined;
}

/**
 * The kind of forge behind a host: the name that was given, else the configuration's word for exactly this host.
 *
 * @throws InputError when neither says
 */
export function providerOf(
  host: string,
  options: { provider?: ForgeProvider; hosts?: ForgeHosts } = {},
): ForgeProvider {
  if (options.provider !== undefined) return options.provider;
  const name = host.toLowerCase();
  const configured =
    options.hosts !== undefined && Object.hasOwn(options.hosts, name) ? options.hosts[name] : undefined;
  const found = configured ?? wellKnownProvider(name);
  if (found !== undefined) return found;
  throw new InputError(`Nobody says what kind of forge ${host} is`, [], {
    hint: `Name the provider, or give ${host} in luban-config: as gitea_server, gitlab_server, github_server or ado_server.`,
  });
}
