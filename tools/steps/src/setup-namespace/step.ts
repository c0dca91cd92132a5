import { DnsLabel, platformNamespace } from '@luban-ci/conventions';
import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields } from '../input-fields.ts';
import { groupNames } from '../set-up/group-names.ts';
import { setUpInputs, setUpOutputs } from '../set-up/set-up-fields.ts';

export const step = defineStep({
  id: 'setup-namespace',
  summary: 'Ensures the namespace of a project in one environment: access, limits, credentials and templates.',
  inputs: z.object({
    projectName: fields.projectName,
    deployEnv: fields.deployEnv,
    developerGroups: groupNames('Groups that may view, submit and resubmit workflows, and read their logs.'),
    adminGroups: groupNames('Groups that may also delete workflows.'),
    createTestUsers: z
      .enum(['yes', 'no'])
      .default('no')
      .describe('Whether there are accounts with the rights of both, for trying them out.'),
    gitOrganization: setUpInputs.gitOrganization,
    gitProvider: setUpInputs.gitProvider,
    allowFrom: z
      .array(DnsLabel)
      .default([])
      .describe('Namespaces whose pods may reach this one, beside those of luban-config.'),
    maxBuilds: z.number().int().min(1).optional().describe('Builds at a time; by default as people have set it.'),
    secretNamespace: DnsLabel.default(platformNamespace).describe('Namespace that Secrets come from.'),
    remove: setUpInputs.remove,
  }),
  outputs: z.object({
    namespace: z.string().describe('Name of the namespace.'),
    missingSecrets: z.array(z.string()).describe('Secrets that builds or clusters need and that are not there.'),
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
        developerGroups: ['payment-developers'],
        adminGroups: ['payment-leads'],
        createTestUsers: 'yes',
      },
    },
  ],
});
