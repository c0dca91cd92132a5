import type { Conventions } from '@luban-ci/conventions';
import type { Capability } from '@luban-ci/core';
import { z } from 'zod';

const inputs = z.object({
  lubanConfig: z
    .string()
    .optional()
    .describe(
      'Path of the luban-config: a mounted ConfigMap, its manifest, or a YAML or JSON map; without it, its defaults.',
    ),
  registryServer: z.string().optional().describe('Registry to use instead of the one in luban-config.'),
  lubanRepositories: z.string().optional().describe('Path of luban-repositories, in any of the same forms.'),
});

export const conventionsCapability: Capability<typeof inputs.shape, Conventions> = {
  id: 'conventions',
  summary: 'Knows the names and places of luban-config and luban-repositories.',
  inputs,
  create: async ({ lubanConfig, lubanRepositories, registryServer }) => {
    const { createConventions, parseLubanConfig, parseRepositories, readConfigMap } = await import(
      '@luban-ci/conventions'
    );
    const config = lubanConfig === undefined ? {} : await readConfigMap(lubanConfig);
    const repositories = lubanRepositories === undefined ? {} : await readConfigMap(lubanRepositories);
    const override = registryServer === undefined ? {} : { registry_server: registryServer };
    return createConventions(parseLubanConfig({ ...config, ...override }), parseRepositories(repositories));
  },
};
