import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields } from '../input-fields.ts';

export const step = defineStep({
  id: 'verify',
  summary: 'Compares what each environment’s manifests say with what was recorded, and names who edited by hand.',
  inputs: z.object({
    gitopsRepoUrl: fields.gitopsRepoUrl,
    environments: z
      .array(fields.deployEnv)
      .default([])
      .describe('Environments to look at; by default all of luban-config.'),
    expectPromotions: z
      .boolean()
      .default(true)
      .describe('Whether a version that came to a later environment without a promotion is a finding.'),
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
          images: z.array(z.looseObject({ application: z.string(), image: z.string(), state: z.string() })),
        }),
      )
      .describe('What each environment runs: image, tag, digest, source commit, since when, promoted from what.'),
    findings: z.array(z.string()).describe('What does not fit, a sentence each.'),
    handEdits: z
      .array(z.record(z.string(), z.string()))
      .describe('Who edited what by hand: environment, folder, image, commit, author, time and subject.'),
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
