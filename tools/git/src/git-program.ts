import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer as bytesOf, text } from 'node:stream/consumers';
import { StepError } from '@luban-ci/core';
import type { ProgramResult, StreamedProgram } from '@luban-ci/process';
import { accessFor, basicHeader, type ReadyAccess } from './git-access.ts';
import type { GitSettings } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import { accessOverSsh, sshCommand, sshOptions } from './ssh-access.ts';

export interface GitCall {
  /** Absolute path of the repository. */
  cwd: string;
  /** The server this command talks to, as the remote `origin`; without it the command gets no credentials. */
  remote?: GitUrl;
  input?: string | Uint8Array;
  config?: readonly ConfigEntry[];
}

export type ConfigEntry = readonly [key: string, value: string];

/** Nothing on this machine changes what git does; nothing it might ask stops it. */
const steady: readonly ConfigEntry[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.quotePath', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['protocol.version', '2'],
  ['submodule.recurse', 'false'],
  ['credential.helper', ''],
  ['transfer.credentialsInUrl', 'die'],
  ['http.lowSpeedLimit', '100'],
  ['http.lowSpeedTime', '60'],
];

const longestSeconds = 900;
/** git has others talk to the server for it; one that hangs has to end with it, or whoever reads its output waits on. */
const graceSeconds = 5;

/**
 * Runs git with credentials in its environment or in a private file, never in its arguments. A failing exit is a result.
 *
 * @throws StepError when git is missing, was ended, or did not end in time; the signal's reason when it was aborted
 */
export async function runGit(settings: GitSettings, args: readonly string[], call: GitCall): Promise<ProgramResult> {
  await using program = await startGit(settings, args, call);
  const { stdin, stdout, stderr, ended } = program;
  stdin.end(call.input ?? '');
  const [exitCode, output, said] = await Promise.all([ended, bytesOf(stdout), text(stderr)]);
  settings.signal.throwIfAborted();
  if (exitCode === undefined)
    throw new StepError(`git ${args[0]} was ended, or did not end within ${longestSeconds} s`);
  return { exitCode, stdout: output.toString('utf8'), stderr: said };
}

/** A git that answers questions until it is asked to end; what it was given for the server is then gone as well. */
export interface RunningGit extends AsyncDisposable, StreamedProgram {}

/** The same for a conversation: its bytes pass while it runs. */
export async function startGit(
  settings: GitSettings,
  args: readonly string[],
  call: Omit<GitCall, 'input'>,
): Promise<RunningGit> {
  const { streamProgram } = await import('./stream-program.ts');
  const ready = await readyFor(settings, call);
  const stop = new AbortController();
  const program = streamProgram('git', args, {
    cwd: call.cwd,
    env: ready.environment,
    signal: AbortSignal.any([settings.signal, stop.signal, AbortSignal.timeout(longestSeconds * 1000)]),
    endGroupAfterSeconds: graceSeconds,
  });
  const end = async (): Promise<void> => {
    stop.abort();
    program.stdout.destroy(); // whatever it has not said yet is said to nobody
    await program.ended.catch(() => undefined);
    await ready[Symbol.asyncDispose]();
  };
  return { ...program, [Symbol.asyncDispose]: end };
}

/** The environment of one git, and what has to be on this machine for as long as it runs. */
async function readyFor(
  settings: GitSettings,
  call: GitCall,
): Promise<AsyncDisposable & { environment: Record<string, string> }> {
  const access = await accessFor(settings, call.remote?.origin);
  const store = access?.mode === 'credential_store' ? await storeFile(settings, access) : undefined;
  const ssh = await sshOptions(settings, accessOverSsh(settings, call.remote));
  const config: ConfigEntry[] = [
    ...steady,
    ['safe.directory', call.cwd],
    ...(call.remote === undefined ? [] : [['remote.origin.url', call.remote.url] as const]),
    ...(access === undefined ? [] : accessConfig(access, store?.path)),
    ...(call.config ?? []),
  ];
  return {
    environment: {
      ...gitEnvironment(settings, call.cwd),
      ...configEnvironment(config),
      GIT_SSH_COMMAND: sshCommand(ssh),
    },
    [Symbol.asyncDispose]: async () => {
      await ssh[Symbol.asyncDispose]();
      await store?.[Symbol.asyncDispose]();
    },
  };
}

/** A header would follow a redirect to whatever server it names, so redirects are not followed with it. */
function accessConfig(access: ReadyAccess, storePath: string | undefined): ConfigEntry[] {
  if (storePath !== undefined) return [[`credential.${access.origin}.helper`, `store --file='${storePath}'`]];
  return [
    [`http.${access.origin}/.extraHeader`, `Authorization: ${basicHeader(access)}`],
    ['http.followRedirects', 'false'],
  ];
}

async function storeFile(settings: GitSettings, access: ReadyAccess): Promise<AsyncDisposable & { path: string }> {
  const folder = await mkdtemp(join(settings.temporaryFolder, 'luban-access-'));
  const path = join(folder, 'credentials');
  const url = new URL(access.origin);
  url.username = encodeURIComponent(access.username);
  url.password = encodeURIComponent(access.token);
  await writeFile(path, `${url.href.replace(/\/$/, '')}\n`, { mode: 0o600 });
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

function gitEnvironment(settings: GitSettings, cwd: string): Record<string, string> {
  const kept = Object.entries(settings.environment).filter(
    ([name]) => !name.startsWith('GIT_') || name === 'GIT_SSL_CAINFO' || name === 'GIT_EXEC_PATH',
  );
  return {
    ...Object.fromEntries(kept),
    HOME: settings.temporaryFolder,
    XDG_CONFIG_HOME: settings.temporaryFolder,
    LC_ALL: 'C',
    // The folder may lie inside somebody's checkout, whose remotes and settings are none of ours.
    GIT_CEILING_DIRECTORIES: dirname(cwd),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    GIT_ALLOW_PROTOCOL: settings.allowFile ? 'http:https:ssh:file' : 'http:https:ssh',
  };
}

function configEnvironment(entries: readonly ConfigEntry[]): Record<string, string> {
  const pairs = entries.flatMap(([key, value], at) => [
    [`GIT_CONFIG_KEY_${at}`, key],
    [`GIT_CONFIG_VALUE_${at}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(entries.length), ...Object.fromEntries(pairs) };
}
