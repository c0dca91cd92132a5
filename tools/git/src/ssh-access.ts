import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StepError } from '@luban-ci/core';
import type { GitSettings } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import { checkedKnownHosts, checkedPrivateKey } from './ssh-key.ts';

/** Who one is for one server over ssh, and by which keys that server is known. */
export interface SshAccess {
  /** Host and port: `git.example:22`. */
  server: string;
  /** In OpenSSH's format or PEM, without a passphrase; without it ssh takes what the machine has. */
  privateKey?: string | undefined;
  /** Lines as in `known_hosts`; without them the files of the machine count. */
  knownHosts?: string | undefined;
}

/** Where an address over ssh leads. */
export interface SshAddress {
  /** As ssh wants it: `git@git.example`. */
  destination: string;
  host: string;
  port: number;
  /** Of the repository on the server. */
  path: string;
}

/** What ssh is told for one command; the files it names are gone afterwards. */
export interface SshOptions extends AsyncDisposable {
  options: readonly string[];
  /** Absolute path of the file with the known hosts that were given. */
  knownHostsFile: string | undefined;
}

/**
 * Access for the server of this address, and for no other.
 *
 * @returns nothing for an address that is not one for ssh, or when nothing is given
 * @throws InputError for a key that ssh could not use, or lines that are none of `known_hosts`
 */
export function sshAccessTo(remote: GitUrl, given: Omit<SshAccess, 'server'>): SshAccess[] {
  if (remote.protocol !== 'ssh') return [];
  const { privateKey, knownHosts } = given;
  if (privateKey === undefined && knownHosts === undefined) return [];
  return [
    {
      server: serverOf(remote),
      ...(privateKey === undefined ? {} : { privateKey: checkedPrivateKey(privateKey) }),
      ...(knownHosts === undefined ? {} : { knownHosts: checkedKnownHosts(knownHosts) }),
    },
  ];
}

export function accessOverSsh(settings: GitSettings, remote: GitUrl | undefined): SshAccess | undefined {
  if (remote?.protocol !== 'ssh') return undefined;
  return settings.ssh?.find(({ server }) => server === serverOf(remote));
}

/** Takes an address over ssh apart, in both of its spellings. */
export function sshAddress({ url }: GitUrl): SshAddress {
  const [, destination, host, path] = /^([\w.-]+@([\w.-]+)):(.+)$/.exec(url) ?? [];
  if (destination !== undefined && host !== undefined && path !== undefined)
    return { destination, host, port: 22, path };
  const parsed = new URL(url);
  const name = decodeURIComponent(parsed.hostname).replace(/^\[(.*)\]$/, '$1');
  const user = parsed.username === '' ? '' : `${decodeURIComponent(parsed.username)}@`;
  const inHome = /^\/~/.test(parsed.pathname); // git-clone(1): `ssh://host/~user/path`
  const folder = decodeURIComponent(inHome ? parsed.pathname.slice(1) : parsed.pathname);
  return { destination: `${user}${name}`, host: name, port: Number(parsed.port || '22'), path: folder };
}

/** Never asks, never trusts a host key that is not known, and ends when the line is dead. */
const always = [
  '-oBatchMode=yes',
  '-oStrictHostKeyChecking=yes',
  '-oConnectTimeout=30',
  '-oServerAliveInterval=15',
  '-oServerAliveCountMax=3',
];

/** With a key of its own ssh reads no configuration, asks no agent and offers no other key. */
const nothingElse = [
  '-Fnone',
  '-oIdentitiesOnly=yes',
  '-oIdentityAgent=none',
  '-oPreferredAuthentications=publickey',
  '-oUpdateHostKeys=no',
];

/** Options for ssh, with the key and the known hosts in private files until the end of the scope. */
export async function sshOptions(settings: GitSettings, access: SshAccess | undefined): Promise<SshOptions> {
  if (access === undefined)
    return { options: always, knownHostsFile: undefined, [Symbol.asyncDispose]: async () => {} };
  const folder = await mkdtemp(join(settings.temporaryFolder, 'luban-ssh-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const { privateKey, knownHosts } = access;
  const [keyFile, hostsFile] = [join(folder, 'key'), join(folder, 'known_hosts')];
  try {
    if (privateKey !== undefined) await writeFile(keyFile, privateKey, { mode: 0o600, flag: 'wx' });
    if (knownHosts !== undefined) await writeFile(hostsFile, knownHosts, { mode: 0o600, flag: 'wx' });
    const key = privateKey === undefined ? [] : [...nothingElse, `-oIdentityFile=${quoted(keyFile)}`];
    const hosts = [`-oUserKnownHostsFile=${quoted(hostsFile)}`, '-oGlobalKnownHostsFile=/dev/null'];
    return {
      options: [...always, ...key, ...(knownHosts === undefined ? [] : hosts)],
      knownHostsFile: knownHosts === undefined ? undefined : hostsFile,
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** git gives this to a shell. */
export function sshCommand({ options }: SshOptions): string {
  return ['ssh', ...options.map(shellWord)].join(' ');
}

export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function serverOf(remote: GitUrl): string {
  const { host, port } = sshAddress(remote);
  return `${host.toLowerCase()}:${port}`;
}

/** ssh_config(5): words end at blanks unless they are quoted, and `%` and `${…}` stand for something. */
function quoted(path: string): string {
  if (!/["\\]|\$\{/.test(path)) return `"${path.replaceAll('%', '%%')}"`;
  throw new StepError(`ssh cannot be given a file below ${path}`, {
    hint: 'Use a folder for temporary files whose name has no quotes, backslashes or `${`.',
  });
}
