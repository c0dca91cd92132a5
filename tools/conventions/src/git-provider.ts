import { z } from 'zod';

/** The Git hosts that a parameter may name: `azure` is Azure DevOps Services, `ado` its server product. */
export const GitProvider = z.enum(['github', 'gitlab', 'azure', 'ado', 'gitea']);
export type GitProvider = z.output<typeof GitProvider>;
