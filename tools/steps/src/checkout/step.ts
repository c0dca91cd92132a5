import { RepositoryPath } from '@luban-ci/edits';
import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields, refName } from '../input-fields.ts';

export const step = defineStep({
  id: 'checkout',
  summary: 'Fetches one commit of a repository into a folder of the workspace, without its history.',
  inputs: z.object({
    repoUrl: fields.repoUrl,
    ref: refName('Branch, tag, full ref or full commit id.').default('HEAD'),
    path: z.string().default('.').describe('Folder in the workspace.'),
    depth: z.number().int().min(1).default(1).describe('How many commits of history to fetch.'),
    sparsePaths: z.array(RepositoryPath()).default([]).describe('Folders to fetch; by default everything.'),
  }),
  outputs: z.object({
    commit: z.string().describe('Full id of the commit that was checked out.'),
    ref: z.string().describe('The ref it was reached by, in full.'),
    path: z.string().describe('Folder in the workspace.'),
  }),
  needs: ['git'],
  writes: false,
  examples: [
    {
      title: 'The newest commit of a branch',
      inputs: { repoUrl: 'https://github.com/metasync/cart-service.git', ref: 'main', path: 'source' },
    },
    {
      title: 'One overlay of a large GitOps repository',
      inputs: {
        repoUrl: 'https://github.com/metasync/cart-service-gitops.git',
        ref: 'develop',
        sparsePaths: ['app/overlays/snd'],
      },
    },
  ],
});
