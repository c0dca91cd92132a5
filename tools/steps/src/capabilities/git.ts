import { InputError, isLoopback, type StepContext, secret } from '@luban-ci/core';
import type { TokenSource } from '@luban-ci/forge';
import type { Git, GitAccess, GitTokens } from '@luban-ci/git';
import { plainEnvironment } from '@luban-ci/process';
import { z } from 'zod';
import { appInputs, appOf, appTokens, type GivenApp } from './app-credentials.ts';
import { defineCapability } from './define-capability.ts';

interface GivenAccess extends GivenApp {
  gitUsername: string;
  gitToken?: string | undefined;
  gitHttpsAuthMode: GitAccess['mode'];
}

/** Git clients that send the token to one server only. */
export interface GitServers {
  /** A client for the server of this repository: the token goes there and nowhere else. */
  of(url: string): Git;
}

export const gitCapability = defineCapability({
  id: 'git',
  summary: 'Reads and writes git repositories.',
  inputs: () =>
    z.object({
      gitUsername: z.string().default('git').describe('User name beside the token; most forges accept any.'),
      gitToken: secret(z.string().describe('Token or password for git over HTTP and for the forge.')).optional(),
      gitHttpsAuthMode: z
        .enum(['extraheader_basic', 'credential_store'])
        .default('extraheader_basic')
        .describe('How git gets the token: as a header of its own, or from a file that is removed afterwards.'),
      ...appInputs(),
    }),
  create: async (given, ctx): Promise<GitServers> => {
    const { createGit } = await import('@luban-ci/git');
    const tokenOfApp = await appTokensByUrl(given, ctx);
    return { of: (url) => createGit(settingsFor(accessTo(url, given, tokenOfApp(url)), ctx)) };
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
    if (azure !== undefined || (wellKnownProvider(host) ?? 'github') !== 'github') return undefined;
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

function settingsFor(access: GitAccess[], ctx: StepContext): Parameters<typeof import('@luban-ci/git').createGit>[0] {
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
