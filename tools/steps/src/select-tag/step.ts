import { z } from 'zod';
import { defineStep } from '../capabilities/capabilities.ts';
import { fields } from '../input-fields.ts';

export const step = defineStep({
  id: 'select-tag',
  summary: 'Chooses a tag of an image by version, number, name, age or digest, and says why.',
  inputs: z.object({
    image: fields.image,
    policy: z
      .enum(['semver', 'numerical', 'alphabetical', 'newest', 'digest'])
      .default('semver')
      .describe('What decides: the highest version, a number, the alphabet, the time of the build, or one tag alone.'),
    range: z.string().max(512).optional().describe('For semver: the range that versions have to be in.'),
    coerce: z.boolean().default(false).describe('For semver: whether 1.2 counts as 1.2.0, too.'),
    order: z
      .enum(['ascending', 'descending'])
      .default('ascending')
      .describe('For numerical and alphabetical: whether the last in this order wins, as in Flux.'),
    imageTag: fields.imageTag.optional().describe('For digest: the tag whose digest is asked for.'),
    pattern: z
      .string()
      .max(1000)
      .optional()
      .describe('Regular expression in the syntax of RE2 that tags have to match.'),
    extract: z.string().max(200).optional().describe('What of a matching tag is compared: $name or $1.'),
    platforms: z.array(z.string()).default([]).describe('Platforms that the tag has to have an image for.'),
    mostLookedInto: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(100)
      .describe('How many images may be looked into, for their time or their platforms.'),
    failOnNone: z.boolean().default(true).describe('Whether it is a failure that no tag may be chosen.'),
  }),
  outputs: z.object({
    found: z.boolean().describe('Whether there is such a tag.'),
    image: z.string().describe('Image repository.'),
    imageTag: z.string().optional().describe('The tag.'),
    digest: z.string().optional().describe('Digest of the image manifest behind it.'),
    reference: z.string().optional().describe('All three as one: image, tag and digest.'),
    runnerUp: z.string().optional().describe('The tag that would be next.'),
    explanation: z.array(z.string()).describe('Why this tag won and the next one lost, a sentence each.'),
  }),
  needs: ['registry'],
  writes: false,
  examples: [
    { title: 'The highest 1.x release', inputs: { image: 'quay.io/payment/cart-service', range: '^1.4' } },
    {
      title: 'The last build of a branch',
      inputs: {
        image: 'quay.io/payment/cart-service',
        policy: 'numerical',
        pattern: '^main-[a-f0-9]+-(?P<ts>[0-9]+)$',
        extract: '$ts',
      },
    },
    {
      title: 'What latest stands for, for two platforms',
      inputs: {
        image: 'docker.io/library/alpine',
        policy: 'digest',
        imageTag: 'latest',
        platforms: ['linux/amd64', 'linux/arm64'],
      },
    },
  ],
});
