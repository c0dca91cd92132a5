import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { branchName, repositoryUrl } from '../input-fields.ts';

export const step = defineStep({
  id: 'commit-and-push',
  summary: 'Lands what was changed in a checked-out work tree on its branch, file by file against what was read.',
  inputs: z.object({
    path: z.string().default('.').describe('Folder of the work tree in the workspace.'),
    repoUrl: repositoryUrl('Address to push to; by default the work tree’s origin.').optional(),
    branch: branchName('Branch to land on.'),
    message: z.string().min(1).max(10_000).describe('Commit message.'),
    createFrom: branchName('Branch to start from, where the branch does not exist yet.').optional(),
    deadlineSeconds: z.number().int().min(1).default(120).describe('How long to go on while others push too.'),
  }),
  outputs: z.object({
    commit: z.string().describe('Commit on the branch that has the changes.'),
    branch: z.string().describe('Branch that was landed on.'),
    files: z.array(z.string()).describe('Files that differ from what was checked out.'),
  }),
  needs: ['git'],
  writes: true,
  examples: [
    {
      title: 'After kustomize-set-image',
      inputs: { branch: 'develop', message: 'Deploy cart-service 1.0.0 to snd' },
    },
  ],
});
