import { DnsLabel } from '@luban-ci/conventions';
import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields } from '../input-fields.ts';
import { setUpInputs, setUpOutputs } from '../set-up/set-up-fields.ts';

export const step = defineStep({
  id: 'setup-random-secret',
  summary: 'Ensures a Secret of an application whose values nobody has to think of.',
  inputs: z.object({
    projectName: fields.projectName,
    appName: fields.appName,
    deployEnv: fields.deployEnv,
    secretName: DnsLabel.describe('Name of the Secret in the namespace of the environment.'),
    secretKeys: z
      .array(z.string().regex(/^[-._a-zA-Z0-9]+$/, 'expected letters, digits, dot, underscore and hyphen'))
      .min(1)
      .max(20)
      .default(['password'])
      .describe('Keys that get a random value of 48 hexadecimal digits, where they have none.'),
    remove: setUpInputs.remove,
  }),
  outputs: z.object({
    secretName: z.string().describe('Namespace and name of the Secret.'),
    changedObjects: setUpOutputs.changedObjects,
    leftObjects: setUpOutputs.leftObjects,
  }),
  needs: ['conventions', 'kubernetes'],
  writes: true,
  examples: [
    {
      title: 'The password of a Dagster platform’s database',
      inputs: {
        projectName: 'data',
        appName: 'dagster-platform',
        deployEnv: 'snd',
        secretName: 'dagster-platform-postgresql',
        secretKeys: ['postgresql-password'],
      },
    },
  ],
});
