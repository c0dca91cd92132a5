import { DnsLabel } from '@luban-ci/conventions';
import { OrderKey } from '@luban-ci/edits';
import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';

export const step = defineStep({
  id: 'submit-workflow',
  summary: 'Submits a workflow from a template, once for each request.',
  inputs: z.object({
    template: DnsLabel.describe('Name of the WorkflowTemplate.'),
    namespace: DnsLabel.describe('Namespace to submit into.'),
    isClusterScoped: z.boolean().default(false).describe('Whether it is a ClusterWorkflowTemplate.'),
    parameters: z
      .record(z.string(), z.string())
      .default({})
      .describe('Parameters by name; empty ones are left to the template.'),
    labels: z.record(z.string(), z.string()).default({}).describe('Labels of the workflow.'),
    namePrefix: DnsLabel.optional().describe('Beginning of its name; by default the template’s.'),
    serviceAccount: DnsLabel.optional().describe('Service account that it runs as; by default the template’s.'),
    requestId: z
      .string()
      .min(1)
      .max(4000)
      .optional()
      .describe('The same for every retry of one request: a workflow that carries it is not submitted again.'),
    subject: z
      .string()
      .min(1)
      .max(4000)
      .optional()
      .describe('What it is about: a workflow that made up for this request before it came is not submitted again.'),
    askedAt: OrderKey().optional().describe('When it was asked for, where that is known.'),
    wait: z.boolean().default(false).describe('Wait for its end, and fail when it does.'),
    deadlineSeconds: z.number().int().min(1).default(3600).describe('How long to wait.'),
  }),
  outputs: z.object({
    workflow: z.string().optional().describe('Name of the workflow.'),
    namespace: z.string().describe('Its namespace.'),
    phase: z.string().optional().describe('Its phase when it was last seen.'),
  }),
  needs: ['kubernetes'],
  writes: true,
  examples: [
    {
      title: 'The CI pipeline of a project',
      inputs: {
        template: 'luban-ci-kpack-template',
        namespace: 'snd-payment',
        parameters: { repo_url: 'https://github.com/metasync/cart-service.git', app_name: 'cart-service' },
        labels: { app: 'cart-service' },
      },
    },
  ],
});
