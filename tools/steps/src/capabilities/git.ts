import { InputError, isLoopback, type StepContext, secret } from '@luban-ci/core';
import type { TokenSource } from '@luban-ci/forge';
import type { Git, GitAccess, GitSettings, GitTokens, IntentMemory, IntentSettings } from '@luban-ci/git';
import { plainEnvironment } from '@luban-ci/process';
import { z } from 'zod';
import { appOf, appTokens } from './app-credentials.ts';
import { defineCapability } from './define-capability.ts';
import { forgeInputs } from './forge-inputs.ts';
import type { GivenForge } from './open-forge.ts';
import { sshInputs } from './ssh-access.ts';

interface GivenAccess extends GivenForge {
  gitUsername: string;
  gitHttpsAuthMode: GitAccess['mode'];
  gitFolding: 'auto' | 'always' | 'never';
  gitIntentKey?: string | undefined;
  gitCommits: 'push' | 'api';
}

/** Git clients that send the token to one server only. */
export interface GitServers {
  /** A client for the server of this repository: the token goes there and nowhere else. */
  of(url: string): Git;
  /** A client for what is on this machine: it has no token to send. */
  here: Pick<Git, 'readWorkTree'>;
}

export const gitCapability = defineCapability({
  id: 'git',
  summary: 'Reads and writes git repositories.',
  inputs: () =>
    z.object({
      gitUsername: z.string().default('git').describe('User name beside the token; most forges accept any.'),
      gitHttpsAuthMode: z
        .enum(['extraheader_basic', 'credential_store'])
        .default('extraheader_basic')
        .describe('How git gets the token: as a header of its own, or from a file that is removed afterwards.'),
      gitFolding: z
        .enum(['auto', 'always', 'never'])
        .default('auto')
        .describe('Whether writers land each other’s edits; by default where the forge does not protect the branch.'),
      gitCommits: z
        .enum(['push', 'api'])
        .default('push')
        .describe('How commits are made: by a push, or by the API of the forge, which then signs them for an App.'),
      gitIntentKey: secret(
        z.string().min(16).describe('Key that the writers of a branch share: only edits signed with it are landed.'),
      ).optional(),
      ...sshInputs(),
      ...forgeInputs(),
    }),
  create: async (given, ctx): Promise<GitServers> => {
    const { createGit, parseGitUrl, sshAccessTo } = await import('@luban-ci/git');
    const tokenOfApp = await appTokensByUrl(given, ctx);
    const landing = await landingSettings(given, ctx);
    const key = { privateKey: given.gitSshKey, knownHosts: given.gitKnownHosts };
    const sshTo = (url: string) => (/^https?:/.test(url) ? [] : sshAccessTo(parseGitUrl(url, false), key));
    const settings = (url: string) => settingsFor(accessTo(url, given, tokenOfApp(url)), ctx);
    return {
      of: (url) => createGit({ ...settings(url), ssh: sshTo(url), ...landing }),
      here: createGit(settingsFor([], ctx)),
    };
  },
});

function accessTo(url: string, given: GivenAccess, ofApp: GitTokens | undefined): GitAccess[] {
  const origin = URL.parse(url)?.origin;
  const token = ofApp ?? given.gitToken;
  if (token === undefined || origin === undefined || !/^https?:/.test(origin)) return [];
  if (origin.startsWith('http:') && !isLoopback(new URL(origin).host)) throw withoutTls(origin);
  // "Authenticating as a GitHub App installation": the name that goes with its tokens
  const username = ofApp === undefined ? given.gitUsername : 'x-access-token';
  return [{ origin, username, token, mode: given.gitHttpsAuthMode }];
}

/** What makes a token of the App for a repository; nothing where there is no App, or the host is of another kind of forge. */
async function appTokensByUrl(given: GivenAccess, ctx: StepContext): Promise<(url: string) => GitTokens | undefined> {
  const app = appOf(given);
  if (app === undefined) return () => undefined;
  const { parseRepositoryUrl, wellKnownProvider } = await import('@luban-ci/forge');
  const sources = new Map<string, Promise<TokenSource>>();
  return (address) => {
    if (!/^https?:/.test(address)) return undefined;
    const { scheme, host, owner, repository, azure } = parseRepositoryUrl(address);
    if (azure !== undefined || (wellKnownProvider(host) ?? given.gitProvider ?? 'github') !== 'github')
      return undefined;
    const sourceOfApp = (): Promise<TokenSource> => {
      const source = sources.get(address) ?? appTokens(app, { owner, repository }, `${scheme}://${host}`, ctx);
      sources.set(address, source);
      return source;
    };
    return {
      current: async () => (await sourceOfApp()).current(),
      renewed: async (refused) => (await sourceOfApp()).renewed(refused),
    };
  };
}

function withoutTls(origin: string): InputError {
  return new InputError(`The token is not sent to ${origin}, where anybody on the way could read it`, [
    { field: 'repoUrl', expected: 'expected an https address' },
  ]);
}

/** How edits are landed. The forge is asked about a branch only when others are landing on it at the same time. */
async function landingSettings(
  given: GivenAccess,
  ctx: StepContext,
): Promise<Pick<GitSettings, 'intents' | 'apiCommits'>> {
  if (given.gitCommits === 'api') return { apiCommits: (await import('./api-commits.ts')).apiCommits(given, ctx) };
  if (given.gitFolding === 'never') return {};
  const mayFold: IntentSettings['mayFold'] = async (target) => {
    if (given.gitFolding === 'always') return true;
    return (await import('./may-fold.ts')).isOpenBranch(target, given, ctx);
  };
  const key = given.gitIntentKey === undefined ? {} : { key: given.gitIntentKey };
  return { intents: { mayFold, ...key, ...memoryOf(ctx) } };
}

/** Below the user's cache; loaded when there is something to recall. */
function memoryOf({ clock }: StepContext): Pick<IntentSettings, 'memory'> {
  const home = plainEnvironment()['HOME'];
  if (home === undefined) return {};
  const load = async (): Promise<IntentMemory> =>
    (await import('./intent-memory.ts')).createIntentMemory(`${home}/.cache/luban-ci`, clock);
  return {
    memory: {
      recall: async (url) => (await load()).recall(url),
      keep: async (...kept) => (await load()).keep(...kept),
    },
  };
}

function settingsFor(access: GitAccess[], ctx: StepContext): GitSettings {
  return {
    access,
    environment: plainEnvironment(),
    temporaryFolder: ctx.temporaryFolder,
    log: ctx.log,
    clock: ctx.clock,
    signal: ctx.signal,
    random: Math.random,
    committer: { name: 'Luban CI', email: 'luban-ci@users.noreply.luban-ci.io' },
    allowFile: false,
  };
}
