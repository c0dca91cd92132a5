import { GitProvider } from '@luban-ci/conventions';
import { secret } from '@luban-ci/core';
import { z } from 'zod';
import { appInputs } from './app-credentials.ts';
import { configPathInput } from './conventions.ts';

/** What kind of forge a repository is on, where, and who asks: inputs of the git and of the forge capability alike. */
export function forgeInputs() {
  return {
    gitProvider: GitProvider.optional().describe(
      'Kind of forge; by default luban-config and the host of the repository tell.',
    ),
    gitBaseUrl: z.url().optional().describe('Address of the forge, when it is not the host of the repository.'),
    gitToken: secret(z.string().describe('Token or password for git over HTTP and for the forge.')).optional(),
    ...appInputs(),
    configPath: configPathInput(),
  };
}
