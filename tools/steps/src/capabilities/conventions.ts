import type { Conventions } from '@luban-ci/conventions';
import type { Capability } from '@luban-ci/core';
import { z } from 'zod';

/** Made when a step asks for it: building schemas is most of a step's start. */
const inputs = () =>
  z.object({
    configPath: z
      .string()
      .optional()
      .describe(
        'Path of the luban-config: a mounted ConfigMap, its manifest, or a YAML or JSON map; without it, its defaults.',
      ),
    registryServer: z
      .string()
      .optional()
      .describe('Registry to use instead of the one in luban-config, and the one that user name and password are for.'),
    repositoriesPath: z.string().optional().describe('Path of luban-repositories, in any of the same forms.'),
  });

export const conventionsCapability: Capability<ReturnType<typeof inputs>['shape'], Conventions> = {
  id: 'conventions',
  summary: 'Knows the names and places of luban-config and luban-repositories.',
  get inputs() {
    return inputs();
  },
  create: async (given) => (await import('./read-conventions.ts')).readConventions(given),
};
