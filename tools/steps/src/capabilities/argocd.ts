import type { Argocd } from '@luban-ci/argocd';
import { type Capability, InputError, secret } from '@luban-ci/core';
import { z } from 'zod';

/** Made when a step asks for it: building schemas is most of a step's start. */
const inputs = () =>
  z.object({
    argocdServer: z.url().optional().describe('Address of Argo CD; without it, Argo CD is not asked.'),
    argocdToken: secret(z.string().describe('Token of an Argo CD account that may read applications.')).optional(),
  });

/** Argo CD, where its address is known. */
export interface MaybeArgocd {
  client: Argocd | undefined;
}

export const argocdCapability: Capability<ReturnType<typeof inputs>['shape'], MaybeArgocd> = {
  id: 'argocd',
  summary: 'Reads the state of Argo CD applications.',
  get inputs() {
    return inputs();
  },
  create: async ({ argocdServer: server, argocdToken: token }, { clock, signal }) => {
    if (server === undefined) return { client: undefined };
    if (token === undefined) {
      throw new InputError('Argo CD cannot be asked', [
        { field: 'argocdToken', expected: 'required when argocdServer is given' },
      ]);
    }
    const { createArgocd } = await import('@luban-ci/argocd');
    return { client: createArgocd({ server, token, fetch, clock, signal }) };
  },
};
