import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ProgramResult, runProgram } from '@luban-ci/process';
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
  onBytes?: (chunk: Uint8Array) => void;
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

/** Runs git with credentials in its environment or in a private file, never in its arguments. A failing exit is a result. */
export async function runGit(settings: GitSettings, args: readonly string[], call: GitCall): Promise<ProgramResult> {
  const access = await accessFor(settings, call.remote?.origin);
  await using store = access?.mode === 'credential_store' ? await storeFile(settings, access) : undefined;
  await using ssh = await sshOptions(settings, accessOverSsh(settings, call.remote));
  const config: ConfigEntry[] = [
    ...steady,
    ['safe.directory', call.cwd],
    ...(call.remote === undefined ? [] : [['remote.origin.url', call.remote.url] as const]),
    ...(access === undefined ? [] : accessConfig(access, store?.path)),
    ...(call.config ?? []),
  ];
  return await runProgram('git', args, {
    cwd: call.cwd,
    env: { ...gitEnvironment(settings, call.cwd), ...configEnvironment(config), GIT_SSH_COMMAND: sshCommand(ssh) },
    timeoutSeconds: longestSeconds,
    signal: settings.signal,
    endGroupAfterSeconds: graceSeconds,
    ...(call.input === undefined ? {} : { input: call.input }),
    ...(call.onBytes === undefined ? {} : { onBytes: call.onBytes }),
  });
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
