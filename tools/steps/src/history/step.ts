import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields } from '../input-fields.ts';

export const step = defineStep({
  id: 'history',
  summary: 'Lists how an environment came to what it runs: deployments, promotions, rollbacks and edits by hand.',
  inputs: z.object({
    gitopsRepoUrl: fields.gitopsRepoUrl,
    deployEnv: fields.deployEnv.optional().describe('Environment; by default the first of luban-config.'),
    appName: fields.appName.optional().describe('Name of the application, in a repository of several.'),
    image: fields.image.optional().describe('Image repository, to see only what happened to it.'),
    limit: z.number().int().min(1).max(500).default(20).describe('How many to list.'),
  }),
  outputs: z.object({
    application: z.string().describe('Name of the application.'),
    deployEnv: z.string().describe('The environment.'),
    gitopsBranch: z.string().describe('The branch that it is read from.'),
    events: z
      .array(z.looseObject({ event: z.string(), commit: z.string(), at: z.string(), author: z.string() }))
      .describe(
        'What happened, newest first: image, tag, what it replaced, source commit, who asked, promoted from what.',
      ),
    more: z.boolean().describe('Whether there may be older ones.'),
  }),
  needs: ['conventions', 'git'],
  writes: false,
  examples: [
    {
      title: 'The last promotions to production',
      inputs: { gitopsRepoUrl: 'https://github.com/metasync/cart-service-gitops.git', deployEnv: 'prd' },
    },
  ],
});
