import { InputError, secret } from '@luban-ci/core';
import type { Harbor } from '@luban-ci/harbor';
import { z } from 'zod';
import { defineCapability } from './define-capability.ts';

/** Harbor, of which the configuration may know the address. */
export interface HarborAccess {
  /** @throws InputError when user name or password are not given */
  at(configuredUrl: string): Promise<Harbor>;
}

export const harborCapability = defineCapability({
  id: 'harbor',
  summary: 'Reads and writes projects and robot accounts of Harbor.',
  inputs: () =>
    z.object({
      harborUrl: z
        .url()
        .optional()
        .describe('Address of Harbor’s web page; by default as luban-config says, else the registry.'),
      harborUsername: z.string().optional().describe('Account that may make projects.'),
      harborPassword: secret(z.string().describe('Its password.')).optional(),
    }),
  create: async ({ harborUrl, harborUsername, harborPassword }, { clock, signal }): Promise<HarborAccess> => ({
    at: async (configuredUrl) => {
      if (harborUsername === undefined || harborPassword === undefined) {
        const missing = harborUsername === undefined ? 'harborUsername' : 'harborPassword';
        throw new InputError('Harbor cannot be asked', [{ field: missing, expected: 'required, but not given' }]);
      }
      const { createHarbor } = await import('@luban-ci/harbor');
      const login = { username: harborUsername, password: harborPassword };
      return createHarbor({ url: harborUrl ?? configuredUrl, ...login, fetch, clock, signal });
    },
  }),
});
