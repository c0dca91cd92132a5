import { GitProvider } from '@luban-ci/conventions';
import { secret } from '@luban-ci/core';
import type { Forge, RepositoryName } from '@luban-ci/forge';
import { z } from 'zod';
import { defineCapability } from './define-capability.ts';

/** A repository and the forge it is on. */
export interface ForgeRepositoryHandle {
  forge: Forge;
  name: RepositoryName;
}

export interface Forges {
  /** The forge that a repository address belongs to. */
  of(repoUrl: string): Promise<ForgeRepositoryHandle>;
}

export const forgeCapability = defineCapability({
  id: 'forge',
  summary: 'Reads and writes repositories, change requests and commit statuses of a forge.',
  inputs: () =>
    z.object({
      gitProvider: GitProvider.optional().describe('Kind of forge; by default the host of the repository tells.'),
      gitBaseUrl: z.url().optional().describe('Address of the forge, when it is not the host of the repository.'),
      gitToken: secret(z.string().describe('Token or password for git over HTTP and for the forge.')).optional(),
    }),
  create: async (given, ctx): Promise<Forges> => {
    const { createForge, parseRepositoryUrl, providerOf } = await import('@luban-ci/forge');
    return {
      of: async (repoUrl) => {
        const url = parseRepositoryUrl(repoUrl);
        const provider = providerOf(url.host, given.gitProvider === undefined ? {} : { provider: given.gitProvider });
        const scheme = url.scheme === 'http' ? 'http' : 'https';
        const baseUrl = given.gitBaseUrl ?? `${scheme}://${url.host}`;
        const { clock, log, signal } = ctx;
        const forge = await createForge(provider, { baseUrl, token: given.gitToken, clock, log, signal });
        return { forge, name: { owner: url.owner, repository: url.repository } };
      },
    };
  },
});
