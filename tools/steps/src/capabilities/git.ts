import { InputError, isLoopback, type StepContext, secret } from '@luban-ci/core';
import type { Git, GitAccess } from '@luban-ci/git';
import { plainEnvironment } from '@luban-ci/process';
import { z } from 'zod';
import { defineCapability } from './define-capability.ts';

interface GivenAccess {
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
    }),
  create: async (given, ctx): Promise<GitServers> => {
    const { createGit } = await import('@luban-ci/git');
    return { of: (url) => createGit(settingsFor(accessTo(url, given), ctx)) };
  },
});

function accessTo(url: string, given: GivenAccess): GitAccess[] {
  const origin = URL.parse(url)?.origin;
  if (given.gitToken === undefined || origin === undefined || !/^https?:/.test(origin)) return [];
  if (origin.startsWith('http:') && !isLoopback(new URL(origin).host)) throw withoutTls(origin);
  return [{ origin, username: given.gitUsername, token: given.gitToken, mode: given.gitHttpsAuthMode }];
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
