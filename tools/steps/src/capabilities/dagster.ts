import type { DagsterConfig } from '@luban-ci/conventions';
import { z } from 'zod';
import { defineCapability } from './define-capability.ts';

export const dagsterCapability = defineCapability({
  id: 'dagster',
  summary: 'Knows the versions and ports of luban-dagster-config.',
  inputs: () =>
    z.object({
      dagsterConfigPath: z
        .string()
        .optional()
        .describe('Path of luban-dagster-config, in any of the forms of luban-config; without it, its defaults.'),
    }),
  create: async ({ dagsterConfigPath }): Promise<DagsterConfig> =>
    (await import('./read-dagster-config.ts')).readDagsterConfig(dagsterConfigPath),
});
