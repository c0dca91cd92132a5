import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields } from '../input-fields.ts';

export const step = defineStep({
  id: 'find-image',
  summary: 'Finds every place of a GitOps repository that names an image, with the environment and the version.',
  inputs: z.object({
    gitopsRepoUrl: fields.gitopsRepoUrl,
    image: fields.image,
    environments: z
      .array(fields.deployEnv)
      .default([])
      .describe('Environments to look at; by default all of luban-config.'),
    cacheFolder: z
      .string()
      .min(1)
      .optional()
      .describe('Folder that keeps what was read for the next question; without it nothing is kept.'),
  }),
  outputs: z.object({
    places: z
      .array(z.looseObject({ application: z.string(), branch: z.string(), file: z.string(), at: z.string() }))
      .describe('Each place: environment, application, branch, file, path in it, layout, tag, digest.'),
    files: z.array(z.string()).describe('Files that name it, as `branch:path`.'),
    notes: z.array(z.string()).describe('What was left out and why, a sentence each.'),
    commits: z.array(z.object({ branch: z.string(), commit: z.string() })).describe('The tips that were read.'),
    fetched: z.number().describe('How many contents the server had to hand out.'),
  }),
  needs: ['conventions', 'git'],
  writes: false,
  examples: [
    {
      title: 'Who still uses an image, asked often',
      inputs: {
        gitopsRepoUrl: 'https://github.com/metasync/platform-gitops.git',
        image: 'quay.io/payment/cart-service',
        cacheFolder: '.luban/cache',
      },
    },
    {
      title: 'Production alone',
      inputs: {
        gitopsRepoUrl: 'https://github.com/metasync/platform-gitops.git',
        image: 'nginx',
        environments: ['prd'],
      },
    },
  ],
});
