import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields } from '../input-fields.ts';
import { setUpInputs, setUpOutputs } from '../set-up/set-up-fields.ts';

export const step = defineStep({
  id: 'setup-argocd-application',
  summary: 'Ensures the Argo CD application of one environment.',
  inputs: z.object({
    projectName: fields.projectName,
    appName: fields.appName,
    deployEnv: fields.deployEnv,
    gitOrganization: setUpInputs.gitOrganization,
    gitProvider: setUpInputs.gitProvider,
    gitopsRepoUrl: fields.gitopsRepoUrl.optional(),
    remove: setUpInputs.remove,
    cascade: z.boolean().default(true).describe('Whether removing it removes what it deployed.'),
  }),
  outputs: z.object({
    argocdApplication: z.string().describe('Name of the Application.'),
    gitopsRepoUrl: z.string().describe('The GitOps repository that it reads.'),
    changedObjects: setUpOutputs.changedObjects,
    leftObjects: setUpOutputs.leftObjects,
  }),
  needs: ['conventions', 'kubernetes'],
  writes: true,
  examples: [
    {
      title: 'The sandbox of cart-service',
      inputs: { projectName: 'payment', appName: 'cart-service', deployEnv: 'snd', gitOrganization: 'metasync' },
    },
  ],
});
