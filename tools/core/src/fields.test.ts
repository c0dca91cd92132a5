import { expect, test } from 'vitest';
import { z } from 'zod';
import { fieldsOf, secret } from './fields.ts';

test('a field is read off its schema: kind, default, choices, and whether it is required or secret', () => {
  const fields = fieldsOf({
    repoUrl: z.string().describe('Where it is.'),
    depth: z.number().int().default(1).describe('How deep.'),
    isStrict: z.boolean().optional().describe('How strict.'),
    mode: z.enum(['direct', 'pull-request']).default('direct').describe('How.'),
    names: z.array(z.string()).default([]).describe('Which.'),
    labels: z.record(z.string(), z.string()).describe('Labels.'),
    token: secret(z.string().describe('A secret.')).optional(),
  });

  expect(fields).toEqual([
    { name: 'repoUrl', kind: 'text', description: 'Where it is.', required: true, secret: false },
    { name: 'depth', kind: 'number', description: 'How deep.', required: false, secret: false, default: 1 },
    { name: 'isStrict', kind: 'boolean', description: 'How strict.', required: false, secret: false },
    {
      name: 'mode',
      kind: 'choice',
      description: 'How.',
      required: false,
      secret: false,
      default: 'direct',
      choices: ['direct', 'pull-request'],
    },
    { name: 'names', kind: 'list', description: 'Which.', required: false, secret: false, default: [] },
    { name: 'labels', kind: 'map', description: 'Labels.', required: true, secret: false },
    { name: 'token', kind: 'text', description: 'A secret.', required: false, secret: true },
  ]);
});

test('a description given outside of a wrapper wins over the one inside', () => {
  const [field] = fieldsOf({ appName: z.string().describe('Inside.').optional().describe('Outside.') });

  expect(field?.description).toBe('Outside.');
});
