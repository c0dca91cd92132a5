import { DnsLabel } from '@luban-ci/conventions';
import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { infraInputs, infraOutputs } from '../infra/infra-fields.ts';
import { setUpInputs, setUpOutputs } from '../set-up/set-up-fields.ts';
import { templateInputs } from '../set-up/template-fields.ts';

export const step = defineStep({
  id: 'setup-infra-repo',
  summary: 'Ensures a repository from which Argo CD keeps the namespaces of projects.',
  inputs: z.object({
    infraType: infraInputs.infraType,
    infraProjectName: infraInputs.infraProjectName,
    infraRepoName: infraInputs.infraRepoName,
    infraRepoUrl: infraInputs.infraRepoUrl,
    infraBranch: infraInputs.infraBranch,
    gitOrganization: infraInputs.gitOrganization,
    gitProvider: infraInputs.gitProvider,
    template: DnsLabel.optional().describe(
      'Template that it is filled from; by default infra-ci-base or infra-cd-base.',
    ),
    templateValues: templateInputs.templateValues,
    mode: infraInputs.mode,
    deadlineSeconds: infraInputs.deadlineSeconds,
    remove: setUpInputs.remove,
  }),
  outputs: z.object({
    infraRepoUrl: infraOutputs.infraRepoUrl,
    pullRequestUrl: infraOutputs.pullRequestUrl,
    changedObjects: setUpOutputs.changedObjects,
    leftObjects: infraOutputs.leftObjects,
  }),
  needs: ['conventions', 'forge', 'git', 'templates'],
  writes: true,
  examples: [
    {
      title: 'The repository of the namespaces that builds run in',
      inputs: { infraType: 'ci', gitOrganization: 'metasync' },
    },
  ],
});
