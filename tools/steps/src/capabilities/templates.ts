import type { Files } from '@luban-ci/edits';
import { z } from 'zod';
import { defineCapability } from './define-capability.ts';

/** Values by the names of a template's variables. */
export type TemplateValues = Readonly<Record<string, string>>;

/** Repositories to start from, by their folders' names. */
export interface Templates {
  /**
   * The files of a new repository.
   *
   * @param known what the caller knows; a template takes what it has variables for
   * @param given what somebody asked for: a name that the template does not have is an error
   * @throws InputError naming the input when there is no such template
   */
  render(name: string, known: TemplateValues, given?: TemplateValues): Promise<Files>;
  /** Whether there is a template of this name. */
  has(name: string): Promise<boolean>;
  /** Names of its variables. */
  variables(name: string): Promise<string[]>;
}

export const templatesCapability = defineCapability({
  id: 'templates',
  summary: 'Renders the repositories to start from.',
  inputs: () =>
    z.object({
      templatesPath: z
        .string()
        .optional()
        .describe('Folder with templates in cookiecutter’s layout; by default those that ship with Luban CI.'),
    }),
  create: async ({ templatesPath }, ctx): Promise<Templates> => ({
    render: async (...call) => (await import('./open-templates.ts')).openTemplates(templatesPath, ctx).render(...call),
    has: async (name) => (await import('./open-templates.ts')).openTemplates(templatesPath, ctx).has(name),
    variables: async (name) => (await import('./open-templates.ts')).openTemplates(templatesPath, ctx).variables(name),
  }),
});
