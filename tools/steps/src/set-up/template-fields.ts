import { DnsLabel } from '@luban-ci/conventions';
import { z } from 'zod';

/** Inputs of the steps that begin a repository from a template. */
export const templateInputs = {
  template(name: string) {
    return DnsLabel.default(name).describe('Template that an empty repository is filled from.');
  },
  get templateValues() {
    return z
      .record(z.string(), z.string().regex(/^\P{Cc}*$/u, 'expected one line of text'))
      .default({})
      .describe('Variables of the template that have another value than the conventions say.');
  },
};
