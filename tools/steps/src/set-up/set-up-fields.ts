import { GitProvider } from '@luban-ci/conventions';
import { z } from 'zod';

/** Inputs that set-up steps have in common. */
export const setUpInputs = {
  get remove() {
    return z.boolean().default(false).describe('Take away what the step made, and nothing else.');
  },
  get gitOrganization() {
    return z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'expected letters, digits, dot, underscore and hyphen')
      .optional()
      .describe('Owner of the repositories; by default the project.');
  },
  get gitProvider() {
    return GitProvider.optional().describe('Kind of forge; by default as luban-config says.');
  },
};

/** Outputs that every set-up step has. */
export const setUpOutputs = {
  get changedObjects() {
    return z.array(z.string()).describe('What was changed, or in a dry run would be, by kind and name.');
  },
  get leftObjects() {
    return z.array(z.string()).describe('What was to be removed and stays, because somebody else made it.');
  },
};
