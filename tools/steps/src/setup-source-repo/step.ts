import { secret } from '@luban-ci/core';
import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields } from '../input-fields.ts';
import { setUpInputs, setUpOutputs } from '../set-up/set-up-fields.ts';
import { templateInputs } from '../set-up/template-fields.ts';

export const step = defineStep({
  id: 'setup-source-repo',
  summary: 'Ensures the source repository of an application, with the webhook that tells of its pushes.',
  inputs: z.object({
    projectName: fields.projectName,
    appName: fields.appName,
    gitOrganization: setUpInputs.gitOrganization,
    gitProvider: setUpInputs.gitProvider,
    repoUrl: fields.repoUrl.optional(),
    template: templateInputs.template('luban-python-template'),
    templateValues: templateInputs.templateValues,
    webhookUrl: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('Address that pushes are delivered to; by default the one of luban-config.'),
    webhookSecret: secret(z.string().min(8).describe('Secret that proves a delivery.')).optional(),
    remove: setUpInputs.remove,
  }),
  outputs: z.object({
    repoUrl: z.string().describe('The source repository.'),
    webhookAddress: z.string().optional().describe('Where its pushes are delivered, if anywhere.'),
    changedObjects: setUpOutputs.changedObjects,
    leftObjects: setUpOutputs.leftObjects,
  }),
  needs: ['conventions', 'dagster', 'forge', 'git', 'templates'],
  writes: true,
  examples: [
    {
      title: 'The source of cart-service',
      inputs: { projectName: 'payment', appName: 'cart-service', gitOrganization: 'metasync' },
    },
  ],
});
