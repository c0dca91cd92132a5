import type { Argocd } from '@luban-ci/argocd';
import { InputError, secret } from '@luban-ci/core';
import { z } from 'zod';
import { defineCapability } from './define-capability.ts';

/** Argo CD, where its address is known. */
export interface MaybeArgocd {
  client: Argocd | undefined;
}

export const argocdCapability = defineCapability({
  id: 'argocd',
  summary: 'Reads the state of Argo CD applications.',
  inputs: () =>
    z.object({
      argocdServer: z.url().optional().describe('Address of Argo CD; without it, Argo CD is not asked.'),
      argocdToken: secret(z.string().describe('Token of an Argo CD account that may read applications.')).optional(),
    }),
  create: async ({ argocdServer: server, argocdToken: token }, { clock, signal }): Promise<MaybeArgocd> => {
    if (server === undefined) return { client: undefined };
    if (token === undefined) {
      throw new InputError('Argo CD cannot be asked', [
        { field: 'argocdToken', expected: 'required when argocdServer is given' },
      ]);
    }
    const { createArgocd } = await import('@luban-ci/argocd');
    return { client: createArgocd({ server, token, fetch, clock, signal }) };
  },
});
