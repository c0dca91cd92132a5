import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields } from '../input-fields.ts';

export const step = defineStep({
  id: 'verify',
  summary: 'Compares what each environment’s manifests say with what was recorded when it was deployed.',
  inputs: z.object({
    gitopsRepoUrl: fields.gitopsRepoUrl,
    environments: z
      .array(fields.deployEnv)
      .default([])
      .describe('Environments to look at; by default all of luban-config.'),
    failOnFindings: z.boolean().default(true).describe('Whether a finding is a failure.'),
  }),
  outputs: z.object({
    sound: z.boolean().describe('Whether nothing was found.'),
    environments: z
      .array(
        z.object({
          environment: z.string(),
          branch: z.string(),
          commit: z.string(),
          images: z.array(z.record(z.string(), z.string())),
        }),
      )
      .describe('What each environment runs: image, tag, digest, source commit, since when, promoted from what.'),
    findings: z.array(z.string()).describe('What does not fit, a sentence each.'),
  }),
  needs: ['conventions', 'git'],
  writes: false,
  examples: [
    {
      title: 'All environments of an application',
      inputs: { gitopsRepoUrl: 'https://github.com/metasync/cart-service-gitops.git' },
    },
  ],
});
