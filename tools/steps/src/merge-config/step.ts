import { DnsLabel } from '@luban-ci/conventions';
import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';

export const step = defineStep({
  id: 'merge-config',
  summary: 'Makes one configuration of luban-config, the ConfigMap of an application, and values that were set.',
  inputs: z.object({
    appConfigPath: z
      .string()
      .optional()
      .describe('Path of luban-python-config or luban-dagster-config, in any of the forms of luban-config.'),
    set: z
      .record(z.string(), z.string().regex(/^\P{Cc}*$/u, 'expected one line of text'))
      .default({})
      .describe('Values that win over both, by their keys.'),
    template: DnsLabel.optional().describe('Template whose variables may be set, too.'),
    outputFile: z.string().min(1).default('config.yaml').describe('File in the workspace that is written.'),
  }),
  outputs: z.object({
    configFile: z.string().describe('The file, relative to the workspace.'),
    keys: z.array(z.string()).describe('What is in it, without the values: <key> from <where>.'),
  }),
  needs: ['conventions', 'templates'],
  writes: true,
  examples: [
    {
      title: 'Values for a Python application, with another port',
      inputs: {
        configPath: '/etc/config/luban',
        appConfigPath: '/etc/config/app',
        set: { container_port: '9000' },
      },
    },
  ],
});
