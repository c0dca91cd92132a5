import type { Conventions } from '@luban-ci/conventions';
import { z } from 'zod';
import { defineCapability } from './define-capability.ts';

/** Of the conventions, and of every capability that looks something up in luban-config. */
export function configPathInput() {
  return z
    .string()
    .optional()
    .describe(
      'Path of the luban-config: a mounted ConfigMap, its manifest, or a YAML or JSON map; without it, its defaults.',
    );
}

export const conventionsCapability = defineCapability({
  id: 'conventions',
  summary: 'Knows the names and places of luban-config and luban-repositories.',
  inputs: () =>
    z.object({
      configPath: configPathInput(),
      registryServer: z
        .string()
        .optional()
        .describe(
          'Registry to use instead of the one in luban-config, and the one that user name and password are for.',
        ),
      repositoriesPath: z.string().optional().describe('Path of luban-repositories, in any of the same forms.'),
    }),
  create: async (given): Promise<Conventions> => (await import('./read-conventions.ts')).readConventions(given),
});
