import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields } from '../input-fields.ts';

export const step = defineStep({
  id: 'rollback',
  summary: 'Puts an image that an environment ran before back in place, as a new commit.',
  inputs: z.object({
    projectName: fields.projectName,
    appName: fields.appName,
    gitopsRepoUrl: fields.gitopsRepoUrl,
    deployEnv: fields.deployEnv,
    gitopsBranch: fields.branch.optional(),
    to: z
      .string()
      .max(200)
      .default('previous')
      .describe('What to go back to: previous, or a tag, digest or source commit that was recorded.'),
    requestedAt: fields.orderKey.optional().describe('When the rollback was asked for; by default now.'),
    deadlineSeconds: z.number().int().min(1).default(300).describe('How long to go on while others land too.'),
  }),
  outputs: z.object({
    image: z.string().describe('Image repository.'),
    imageTag: z.string().optional().describe('Tag that was restored.'),
    digest: z.string().optional().describe('Digest that was restored.'),
    commit: z.string().describe('Commit that restores it.'),
    gitopsBranch: z.string().describe('The branch.'),
  }),
  needs: ['conventions', 'git'],
  writes: true,
  examples: [
    {
      title: 'What production ran before',
      inputs: {
        projectName: 'payment',
        appName: 'cart-service',
        gitopsRepoUrl: 'https://github.com/metasync/cart-service-gitops.git',
        deployEnv: 'prd',
      },
    },
  ],
});
