import { secret } from '@luban-ci/core';
import type { RegistryClient } from '@luban-ci/images';
import { z } from 'zod';
import { defineCapability } from './define-capability.ts';

export const registryCapability = defineCapability({
  id: 'registry',
  summary: 'Reads and writes images in container registries.',
  inputs: () =>
    z.object({
      dockerConfig: z
        .string()
        .optional()
        .describe('Path of a docker config.json, or of a folder that holds one, with credentials for registries.'),
      registryServer: z
        .string()
        .optional()
        .describe(
          'Registry to use instead of the one in luban-config, and the one that user name and password are for.',
        ),
      registryUsername: z.string().optional().describe('User name at the registry, where there is no docker config.'),
      registryPassword: secret(z.string().describe('Password or token at the registry.')).optional(),
      registryCache: z
        .string()
        .optional()
        .describe('Folder, of this account alone, in which tag lists and manifests are kept to be asked for again.'),
    }),
  create: async (given, ctx): Promise<RegistryClient> => (await import('./open-registry.ts')).openRegistry(given, ctx),
});
