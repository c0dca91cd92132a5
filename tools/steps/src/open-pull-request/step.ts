import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { branchName, repositoryUrl } from '../input-fields.ts';

export const step = defineStep({
  id: 'open-pull-request',
  summary: 'Opens a pull request, or brings the one that is open between the two branches up to date.',
  inputs: z.object({
    repoUrl: repositoryUrl('Address of the repository, without credentials.'),
    sourceBranch: branchName('Branch with the change.'),
    targetBranch: branchName('Branch it shall be merged into.'),
    title: z.string().min(1).max(250).describe('Title.'),
    body: z.string().max(60_000).default('').describe('Description, in Markdown.'),
    pullRequestLabels: z
      .array(z.string().regex(/^[^,\p{Cc}]{1,50}$/u, 'expected at most 50 characters and no comma'))
      .default([])
      .describe('Labels it shall have; others that it has stay.'),
    merge: z
      .enum(['no', 'when-ready'])
      .default('no')
      .describe('Whether to merge it: at once where the forge allows it, else when its checks are there.'),
  }),
  outputs: z.object({
    url: z.string().describe('Address of the pull request.'),
    number: z.number().describe('Its number.'),
    state: z.enum(['open', 'merged', 'scheduled']).describe('What became of it.'),
  }),
  needs: ['forge'],
  writes: true,
  examples: [
    {
      title: 'A change to production',
      inputs: {
        repoUrl: 'https://github.com/metasync/cart-service-gitops.git',
        sourceBranch: 'raise-replicas',
        targetBranch: 'main',
        title: 'Run three replicas in production',
      },
    },
  ],
});
