import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields } from '../input-fields.ts';
import { groupNames } from '../set-up/group-names.ts';
import { setUpInputs, setUpOutputs } from '../set-up/set-up-fields.ts';

export const step = defineStep({
  id: 'setup-argocd-project',
  summary: 'Ensures the Argo CD project of a team in one environment.',
  inputs: z.object({
    projectName: fields.projectName,
    deployEnv: fields.deployEnv,
    gitOrganization: setUpInputs.gitOrganization,
    gitProvider: setUpInputs.gitProvider,
    developerGroups: groupNames('Groups that may look at applications, read logs and sync.'),
    adminGroups: groupNames('Groups that may do everything with the project’s applications.'),
    remove: setUpInputs.remove,
  }),
  outputs: z.object({
    argocdProject: z.string().describe('Name of the AppProject.'),
    changedObjects: setUpOutputs.changedObjects,
    leftObjects: setUpOutputs.leftObjects,
  }),
  needs: ['conventions', 'kubernetes'],
  writes: true,
  examples: [
    {
      title: 'The sandbox of the team payment',
      inputs: {
        projectName: 'payment',
        deployEnv: 'snd',
        gitOrganization: 'metasync',
        developerGroups: ['payment-developers'],
        adminGroups: ['payment-leads'],
      },
    },
  ],
});
