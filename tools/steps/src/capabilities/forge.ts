import { GitProvider } from '@luban-ci/conventions';
import { secret } from '@luban-ci/core';
import type { Forge, RepositoryName } from '@luban-ci/forge';
import { z } from 'zod';
import { appInputs, appOf, appTokens } from './app-credentials.ts';
import { configPathInput } from './conventions.ts';
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
      gitProvider: GitProvider.optional().describe(
        'Kind of forge; by default luban-config and the host of the repository tell.',
      ),
      gitBaseUrl: z.url().optional().describe('Address of the forge, when it is not the host of the repository.'),
      gitToken: secret(z.string().describe('Token or password for git over HTTP and for the forge.')).optional(),
      ...appInputs(),
      configPath: configPathInput(),
    }),
  create: async (given, ctx): Promise<Forges> => {
    const { createForge, parseRepositoryUrl } = await import('@luban-ci/forge');
    const app = appOf(given);
    return {
      of: async (repoUrl) => {
        const url = parseRepositoryUrl(repoUrl);
        const name = { owner: url.owner, repository: url.repository };
        const { forgeServerOf } = await import('./forge-server.ts');
        const { provider, baseUrl, apiVersion } = await forgeServerOf(url, given);
        const isApp = app !== undefined && provider === 'github';
        const token = isApp ? await appTokens(app, name, baseUrl, ctx) : given.gitToken;
        const { clock, log, signal } = ctx;
        return { forge: await createForge(provider, { baseUrl, apiVersion, token, clock, log, signal }), name };
      },
    };
  },
});
