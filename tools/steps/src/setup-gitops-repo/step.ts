import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields } from '../input-fields.ts';
import { setUpInputs, setUpOutputs } from '../set-up/set-up-fields.ts';
import { templateInputs } from '../set-up/template-fields.ts';

export const step = defineStep({
  id: 'setup-gitops-repo',
  summary: 'Ensures the GitOps repository of an application, with the overlay of an environment.',
  inputs: z.object({
    projectName: fields.projectName,
    appName: fields.appName,
    deployEnv: fields.deployEnv,
    gitOrganization: setUpInputs.gitOrganization,
    gitProvider: setUpInputs.gitProvider,
    gitopsRepoUrl: fields.gitopsRepoUrl.optional(),
    repoUrl: fields.repoUrl
      .optional()
      .describe('Address of the source repository; by default as registered, else as the conventions have it.'),
    template: templateInputs.template('luban-gitops-template'),
    templateValues: templateInputs.templateValues,
    protectBranches: z
      .boolean()
      .default(true)
      .describe('Whether branches that take promotions are closed for pushes; some plans of a forge cannot.'),
    requiredApprovals: z
      .number()
      .int()
      .min(0)
      .max(6)
      .default(0)
      .describe('Approvals that a change of production needs.'),
    register: z.boolean().default(true).describe('Whether luban-repositories in the cluster gets an entry for it.'),
    remove: setUpInputs.remove,
  }),
  outputs: z.object({
    gitopsRepoUrl: z.string().describe('The GitOps repository.'),
    gitopsBranch: z.string().describe('The branch that the environment is read from.'),
    pullRequestUrl: z.string().optional().describe('The pull request that somebody has to merge, if there is one.'),
    changedObjects: setUpOutputs.changedObjects,
    leftObjects: setUpOutputs.leftObjects,
  }),
  needs: ['conventions', 'dagster', 'forge', 'git', 'kubernetes', 'templates'],
  writes: true,
  examples: [
    {
      title: 'The repository of cart-service',
      inputs: { projectName: 'payment', appName: 'cart-service', deployEnv: 'snd', gitOrganization: 'metasync' },
    },
  ],
});
