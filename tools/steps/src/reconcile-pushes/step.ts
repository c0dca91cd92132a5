import { DnsLabel, GitProvider, platformNamespace } from '@luban-ci/conventions';
import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields } from '../input-fields.ts';

export const step = defineStep({
  id: 'reconcile-pushes',
  summary: 'Starts what a push to a registered repository should have started, where its event got lost.',
  inputs: z.object({
    forge: GitProvider.describe('Kind of forge whose repositories are looked at, and that the token is for.'),
    projectName: fields.projectName.optional().describe('Project whose repositories are looked at; by default all.'),
    template: DnsLabel.default('luban-ci-kpack-template').describe('WorkflowTemplate of the pipeline.'),
    graceSeconds: z.number().int().min(0).default(300).describe('How long an event may be late.'),
    botAuthors: z.array(z.string()).default(['Luban CI']).describe('Commits by these authors start nothing.'),
    passOn: z
      .record(z.string(), z.string())
      .default({})
      .describe('Further parameters for the pipeline, handed on as they are.'),
    headsNamespace: DnsLabel.default(platformNamespace).describe('Namespace of the ConfigMap luban-heads.'),
  }),
  outputs: z.object({
    started: z.array(z.string()).describe('Pushes that were made up for: repository, ref, commit.'),
    waiting: z.array(z.string()).describe('Pushes whose event may still come.'),
    repositories: z.number().int().describe('How many repositories were looked at.'),
  }),
  needs: ['conventions', 'git', 'kubernetes'],
  writes: true,
  examples: [
    {
      title: 'The repositories on GitHub',
      inputs: { forge: 'github', passOn: { git_provider: 'github', git_creds_secret: 'github-creds' } },
    },
  ],
});
