import { DnsLabel } from '@luban-ci/conventions';
import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { infraInputs, infraOutputs } from '../infra/infra-fields.ts';
import { fields } from '../input-fields.ts';
import { groupNames } from '../set-up/group-names.ts';
import { setUpInputs, setUpOutputs } from '../set-up/set-up-fields.ts';
import { templateInputs } from '../set-up/template-fields.ts';

export const step = defineStep({
  id: 'update-infra-repo',
  summary: 'Ensures the overlay of a project in an infra repository, from which Argo CD keeps its namespace.',
  inputs: z.object({
    infraType: infraInputs.infraType,
    projectName: fields.projectName,
    deployEnv: fields.deployEnv
      .optional()
      .describe('Environment, as luban-config lists them; for cd it has to be given, and ci is for the first.'),
    developerGroups: groupNames('Groups that may view, submit and resubmit workflows, and read their logs.'),
    adminGroups: groupNames('Groups that may also delete workflows.'),
    createTestUsers: z
      .enum(['yes', 'no'])
      .default('no')
      .describe('Whether there are accounts with the rights of both, for trying them out.'),
    infraProjectName: infraInputs.infraProjectName,
    infraRepoName: infraInputs.infraRepoName,
    infraRepoUrl: infraInputs.infraRepoUrl,
    infraBranch: infraInputs.infraBranch,
    gitOrganization: infraInputs.gitOrganization,
    gitProvider: infraInputs.gitProvider,
    template: DnsLabel.optional().describe('Template of the overlay; by default infra-ci-overlay or infra-cd-overlay.'),
    templateValues: templateInputs.templateValues,
    mode: infraInputs.mode,
    deadlineSeconds: infraInputs.deadlineSeconds,
    remove: setUpInputs.remove,
  }),
  outputs: z.object({
    infraRepoUrl: infraOutputs.infraRepoUrl,
    namespace: z.string().describe('Name of the namespace.'),
    overlay: z.string().describe('Folder of the overlay in the repository.'),
    pullRequestUrl: infraOutputs.pullRequestUrl,
    changedObjects: setUpOutputs.changedObjects,
    leftObjects: infraOutputs.leftObjects,
  }),
  needs: ['conventions', 'forge', 'git', 'templates'],
  writes: true,
  examples: [
    {
      title: 'Where builds of the team payment run',
      inputs: {
        infraType: 'ci',
        projectName: 'payment',
        developerGroups: ['payment-developers'],
        adminGroups: ['payment-leads'],
        gitOrganization: 'metasync',
      },
    },
    {
      title: 'Its production',
      inputs: { infraType: 'cd', projectName: 'payment', deployEnv: 'prd', gitOrganization: 'metasync' },
    },
  ],
});
