import { secret } from '@luban-ci/core';
import { z } from 'zod';

/** Who one is where the address of a repository is one for ssh: inputs of the git capability. */
export function sshInputs() {
  return {
    gitSshKey: secret(
      z.string().describe('Private key for addresses over ssh, without a passphrase; by default what the machine has.'),
    ).optional(),
    gitKnownHosts: z
      .string()
      .optional()
      .describe("Lines of known_hosts with the server's host key; by default the files of the machine."),
  };
}
