import type { Forge, RepositoryName } from '@luban-ci/forge';
import { z } from 'zod';
import { appOf } from './app-credentials.ts';
import { defineCapability } from './define-capability.ts';
import { forgeInputs } from './forge-inputs.ts';

/** A repository and the forge it is on. */
export interface ForgeRepositoryHandle {
  forge: Forge;
  name: RepositoryName;
}

export interface Forges {
  /** The forge that a repository address belongs to. */
  of(repoUrl: string): Promise<ForgeRepositoryHandle>;
}

export const forgeCapability = defineCapability({
  id: 'forge',
  summary: 'Reads and writes repositories, change requests and commit statuses of a forge.',
  inputs: () => z.object(forgeInputs()),
  create: async (given, ctx): Promise<Forges> => {
    const { openForge } = await import('./open-forge.ts');
    appOf(given); // half an App is refused at once
    return { of: (repoUrl) => openForge(repoUrl, given, ctx) };
  },
});
