import { DnsLabel, platformNamespace } from '@luban-ci/conventions';
import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields } from '../input-fields.ts';
import { setUpInputs, setUpOutputs } from '../set-up/set-up-fields.ts';

export const step = defineStep({
  id: 'setup-harbor-project',
  summary: 'Ensures the registry project of a team, with a robot account for pushing and one for pulling.',
  inputs: z.object({
    projectName: fields.projectName,
    registryVisibility: z.enum(['private', 'public']).default('private').describe('Who may pull its images.'),
    robots: z.boolean().default(true).describe('Whether the project gets robot accounts, and their Secrets are kept.'),
    rotateRobots: z.boolean().default(false).describe('Give the robot accounts new secrets.'),
    secretNamespace: DnsLabel.default(platformNamespace).describe('Namespace that keeps the robots’ Secrets.'),
    remove: setUpInputs.remove,
  }),
  outputs: z.object({
    registryProject: z.string().describe('Where its images are: <registry>/<project>.'),
    changedObjects: setUpOutputs.changedObjects,
    leftObjects: setUpOutputs.leftObjects,
  }),
  needs: ['conventions', 'harbor', 'kubernetes'],
  writes: true,
  examples: [{ title: 'A private project', inputs: { projectName: 'payment', registryVisibility: 'private' } }],
});
