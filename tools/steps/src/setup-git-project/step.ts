import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields } from '../input-fields.ts';
import { setUpInputs, setUpOutputs } from '../set-up/set-up-fields.ts';

export const step = defineStep({
  id: 'setup-git-project',
  summary: 'Ensures the project on the forge that a team’s repositories belong to, where the forge has projects.',
  inputs: z.object({
    projectName: fields.projectName,
    gitOrganization: setUpInputs.gitOrganization,
    gitProvider: setUpInputs.gitProvider,
    remove: setUpInputs.remove,
  }),
  outputs: z.object({
    repositoryOwner: z.string().describe('What the repositories of the team belong to.'),
    changedObjects: setUpOutputs.changedObjects,
    leftObjects: setUpOutputs.leftObjects,
  }),
  needs: ['conventions', 'forge'],
  writes: true,
  examples: [
    {
      title: 'A project of Azure DevOps',
      inputs: { projectName: 'payment', gitOrganization: 'metasync', gitProvider: 'azure' },
    },
  ],
});
