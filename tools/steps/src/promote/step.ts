import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields } from '../input-fields.ts';

export const step = defineStep({
  id: 'promote',
  summary: 'Brings the image that one environment runs to the next one, and nothing else.',
  inputs: z.object({
    projectName: fields.projectName,
    appName: fields.appName,
    gitOrganization: z
      .string()
      .regex(/^[\w./-]*$/, 'expected an organization')
      .default('')
      .describe(
        'Owner of the GitOps repository, where luban-repositories does not know the application; by default the project.',
      ),
    gitopsRepoUrl: fields.gitopsRepoUrl
      .optional()
      .describe('Address of the GitOps repository; by default as luban-repositories says.'),
    fromEnv: fields.deployEnv.optional().describe('Environment to promote from; by default the first of luban-config.'),
    toEnv: fields.deployEnv.optional().describe('Environment to promote to; by default the one after it.'),
    mode: z
      .enum(['pull-request', 'auto-merge', 'direct'])
      .default('pull-request')
      .describe('How the change reaches the target branch.'),
    scope: z
      .enum(['image', 'all'])
      .default('image')
      .describe('The image alone, or everything between the two branches.'),
    requestedAt: fields.orderKey.optional().describe('When the promotion was asked for; by default now.'),
    deadlineSeconds: z.number().int().min(1).default(300).describe('How long to go on while others land too.'),
  }),
  outputs: z.object({
    image: z.string().optional().describe('Image repository.'),
    imageTag: z.string().optional().describe('Tag that is promoted.'),
    digest: z.string().optional().describe('Digest that is promoted.'),
    commit: z.string().optional().describe('Commit with the change, on the promotion branch or the target branch.'),
    gitopsRepoUrl: z.string().describe('The GitOps repository.'),
    url: z.string().optional().describe('Address of the pull request.'),
    number: z.number().optional().describe('Number of the pull request.'),
    state: z
      .enum(['open', 'scheduled', 'merged', 'landed', 'nothing-to-do', 'superseded', 'dry-run'])
      .describe('What became of it.'),
    healthChecked: z.boolean().describe('Whether Argo CD was asked what the source environment really runs.'),
  }),
  needs: ['argocd', 'conventions', 'forge', 'git', 'registry'],
  writes: true,
  examples: [
    {
      title: 'From the sandbox to production, by a pull request',
      inputs: {
        projectName: 'payment',
        appName: 'cart-service',
        gitopsRepoUrl: 'https://github.com/metasync/cart-service-gitops.git',
      },
    },
  ],
});
