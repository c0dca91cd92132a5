import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields, refName } from '../input-fields.ts';

export const step = defineStep({
  id: 'report-status',
  summary: 'Says on the forge, beside a commit, what became of it.',
  inputs: z.object({
    repoUrl: fields.repoUrl,
    revision: refName('Full id of the source commit, or a branch or tag to take it from.'),
    state: z
      .enum(['pending', 'success', 'failure', 'error', 'Pending', 'Running', 'Succeeded', 'Failed', 'Error'])
      .describe('What became of it, as a commit status or as the phase of a workflow.'),
    context: z
      .string()
      .min(1)
      .max(100)
      .default('luban-ci/pipeline')
      .describe('What it is about; a later status of the same context replaces it.'),
    description: z.string().max(1000).default('').describe('One sentence.'),
    targetUrl: z.url().optional().describe('Where to read more; by default the page of this run.'),
    isStrict: z
      .boolean()
      .default(true)
      .describe('Whether it is a failure when the forge cannot be told; otherwise a warning.'),
  }),
  outputs: z.object({
    state: z.enum(['pending', 'success', 'failure', 'error']).describe('The state that was reported.'),
  }),
  needs: ['forge', 'git'],
  writes: true,
  examples: [
    {
      title: 'A pipeline that went well',
      inputs: {
        repoUrl: 'https://github.com/metasync/cart-service.git',
        revision: '3f786850e387550fdab836ed7e6dc881de23001b',
        state: 'Succeeded',
        description: 'cart-service 1.0.0 runs in the sandbox',
      },
    },
  ],
});
