import { layouts } from '@luban-ci/edits';
import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields } from '../input-fields.ts';

export const step = defineStep({
  id: 'set-image',
  summary: 'Sets the version of an image in every file of a folder that names it, in whatever layout it does.',
  inputs: z.object({
    path: z.string().default('.').describe('Folder of the environment in the workspace.'),
    image: fields.image,
    imageTag: fields.imageTag.optional(),
    digest: fields.digest.optional(),
    layouts: z
      .array(z.enum(layouts))
      .min(1)
      .default([...layouts])
      .describe('What to look at: kustomize, manifest, helm, argocd, flux.'),
    repoUrl: fields.repoUrl.optional(),
    revision: fields.revision.optional(),
    orderKey: fields.orderKey.optional(),
    allowDowngrade: z
      .boolean()
      .default(false)
      .describe('Put an older build in place of a newer one; this is recorded.'),
  }),
  outputs: z.object({
    files: z.array(z.string()).describe('Files that have the image at this version now, relative to the workspace.'),
    places: z.array(z.string()).describe('Each place that names it: file, path in it, and layout.'),
    image: z.string().describe('Image repository.'),
    imageTag: z.string().optional().describe('Tag that was asked for.'),
    digest: z.string().optional().describe('Digest that was asked for.'),
    superseded: z.boolean().describe('Whether something newer was in place.'),
    supersededBy: z.string().optional().describe('What it was.'),
  }),
  needs: [],
  writes: true,
  examples: [
    {
      title: 'Everything in one environment, whatever its files look like',
      inputs: { path: 'environments/snd', image: 'quay.io/payment/cart-service', imageTag: '1.1.0' },
    },
    {
      title: 'Only the values of charts, and never an older build over a newer one',
      inputs: {
        path: 'environments/snd',
        image: 'quay.io/payment/cart-service',
        imageTag: '1.1.0',
        layouts: ['helm'],
        orderKey: '2026-01-02T03:04:05Z',
      },
    },
  ],
});
