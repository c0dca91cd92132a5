import { userInfo } from 'node:os';
import { StepError } from '@luban-ci/core';
import { type ProgramResult, runProgram } from '@luban-ci/process';
import type { GitSettings } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import type { GitService, ServerState } from './server-state.ts';
import { accessOverSsh, type SshAddress, type SshOptions, shellWord, sshAddress, sshOptions } from './ssh-access.ts';

const askedSeconds = 40;
/** ssh(1): "exits with the exit status of the remote command or with 255 if an error occurred". */
const sshFailed = 255;

/**
 * Asks a server over ssh why it failed, by exit codes and host keys alone. Only with access of our own: the way that the
 * machine's configuration takes, through other hosts maybe, cannot be retraced.
 */
export async function sshServerState(settings: GitSettings, remote: GitUrl, service: GitService): Promise<ServerState> {
  const access = accessOverSsh(settings, remote);
  if (access?.privateKey === undefined) return { state: 'unknown' };
  const address = sshAddress(remote);
  await using ssh = await sshOptions(settings, access);
  const asked = await askForService(settings, ssh, address, service);
  if (asked.exitCode === 0) return { state: 'ready' };
  if (asked.exitCode !== sshFailed) return { state: 'refused', ssh: 'repository' };
  homeForSsh();
  const offered = await offeredKeys(settings, address);
  if (offered === undefined || offered.length === 0) return { state: 'unavailable' };
  const known = await knownKeys(settings, ssh, address);
  const host = hostName(address);
  if (known.length === 0) return { state: 'untrusted', host, key: 'unknown' };
  const isKnown = known.some((line) => line.startsWith('@cert-authority') || offered.some((key) => line.includes(key)));
  return isKnown ? { state: 'refused', ssh: 'key' } : { state: 'untrusted', host, key: 'another' };
}

/** A flush packet is a client that wants nothing (gitprotocol-pack(5)). */
function askForService(settings: GitSettings, ssh: SshOptions, address: SshAddress, service: GitService) {
  const { destination, port, path } = address;
  const args = [...ssh.options, '-p', String(port), '--', destination, `${service} ${shellWord(path)}`];
  return run(settings, 'ssh', args, '0000');
}

/** The host keys that the server has, without their kind; nothing when it cannot be reached. */
async function offeredKeys(settings: GitSettings, { host, port }: SshAddress): Promise<string[] | undefined> {
  const scanned = await run(settings, 'ssh-keyscan', ['-T', '10', '-p', String(port), '--', host]);
  const lines = scanned.stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.flatMap((line) => line.split(' ').slice(2, 3));
}

/** Lines of `known_hosts` for this host, in what was given, else in the files that ssh reads by itself. */
async function knownKeys(settings: GitSettings, ssh: SshOptions, address: SshAddress): Promise<string[]> {
  const folders = [`${homeForSsh()}/.ssh/`, '/etc/ssh/ssh_'];
  const ofMachine = folders.flatMap((folder) => [`${folder}known_hosts`, `${folder}known_hosts2`]);
  const files = ssh.knownHostsFile === undefined ? ofMachine : [ssh.knownHostsFile];
  const found = await Promise.all(
    files.map((file) => run(settings, 'ssh-keygen', ['-F', hostName(address), '-f', file])),
  );
  const lines = found.flatMap(({ exitCode, stdout }) => (exitCode === 0 ? stdout.split('\n') : []));
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

/** ssh asks the user database for it, whatever HOME says, and does not run for a user that is not in it. */
function homeForSsh(): string {
  try {
    return userInfo().homedir;
  } catch (cause) {
    throw new StepError(`ssh does not run as user ${process.getuid?.()}, who has no name on this machine`, {
      cause,
      hint: 'Add the user to /etc/passwd, or run as one that is there.',
    });
  }
}

/** As `known_hosts` names it: `git.example`, `[git.example]:2222`. */
function hostName({ host, port }: SshAddress): string {
  return port === 22 ? host : `[${host}]:${port}`;
}

function run(settings: GitSettings, program: string, args: readonly string[], input = ''): Promise<ProgramResult> {
  const { environment, temporaryFolder: cwd, signal } = settings;
  return runProgram(program, args, { cwd, env: environment, input, timeoutSeconds: askedSeconds, signal });
}
