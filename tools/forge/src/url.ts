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
  const hosts = { ...wellKnownHosts, ...options.hosts };
  const found = Object.hasOwn(hosts, name) ? hosts[name] : undefined;
  if (found !== undefined) return found;
  if (/^[a-z0-9-]+\.visualstudio\.com$/.test(name)) return 'azure';
  throw new InputError(`Nobody says what kind of forge ${host} is`, [], {
    hint: `Name the provider, or add ${host} to the forge hosts in the configuration.`,
  });
}
