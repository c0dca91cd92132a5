import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields, repositoryUrl } from '../input-fields.ts';

export const step = defineStep({
  id: 'status',
  summary: 'Shows what runs where, since when, and from which commit, as a table and as JSON.',
  inputs: z.object({
    gitopsRepoUrl: fields.gitopsRepoUrl.optional(),
    gitopsRepoUrls: z
      .array(repositoryUrl('Address of a GitOps repository.'))
      .default([])
      .describe('Addresses of several; without any, those of luban-repositories.'),
    environments: z
      .array(fields.deployEnv)
      .default([])
      .describe('Environments to look at; by default all of luban-config.'),
  }),
  outputs: z.object({
    deployments: z
      .array(z.looseObject({ application: z.string(), environment: z.string(), image: z.string(), state: z.string() }))
      .describe('What runs: image, tag, digest, source commit, since when, by which run, promoted from what.'),
    waiting: z.array(z.string()).describe('What an earlier environment has that a later one has not, a sentence each.'),
    findings: z.array(z.string()).describe('What was edited by hand or came without a promotion, a sentence each.'),
    commits: z
      .array(z.object({ repository: z.string(), environment: z.string(), branch: z.string(), commit: z.string() }))
      .describe('The tips that were read.'),
    unreadable: z.array(z.string()).describe('Repositories that could not be read, with the reason.'),
  }),
  needs: ['conventions', 'git'],
  writes: false,
  examples: [
    {
      title: 'One repository',
      inputs: { gitopsRepoUrl: 'https://github.com/metasync/cart-service-gitops.git' },
    },
    {
      title: 'Production of all applications that are registered',
      inputs: { environments: ['prd'], repositoriesPath: '/etc/luban/repositories' },
    },
  ],
});
