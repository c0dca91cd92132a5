import { InputError } from '@luban-ci/core';
import { parse } from 'yaml';
import { z } from 'zod';
import { DnsLabel } from './dns-label.ts';

/** One application as app setup wrote it down: where its source and its GitOps repository are. */
export const RegisteredApplication = z.object({
  project: DnsLabel,
  app: DnsLabel,
  /** Address of the source repository, as git would clone it. */
  source: z.string().min(1),
  /** Address of the GitOps repository; by default it lies beside the source repository. */
  gitops: z.string().min(1).optional(),
});
export type RegisteredApplication = z.output<typeof RegisteredApplication>;

const Entry = z.object({ source: z.string().min(1), gitops: z.string().min(1).optional() });

/**
 * Reads the data of the ConfigMap `luban-repositories`: one key `<project>.<app>` for each application, so that two
 * set-ups never write the same key, and a small YAML map as its value.
 *
 * @example parseRepositories({ 'payment.cart-service': 'source: https://github.com/metasync/cart-service.git' })
 * @throws InputError naming the key that cannot be read
 */
export function parseRepositories(data: Readonly<Record<string, string>>): RegisteredApplication[] {
  return Object.entries(data).map(([key, text]) => {
    const [project = '', app = '', ...rest] = key.split('.');
    const entry = Entry.safeParse(parsedYaml(text));
    const application = RegisteredApplication.safeParse({ project, app, ...entry.data });
    if (rest.length === 0 && entry.success && application.success) return application.data;
    throw new InputError('luban-repositories cannot be used', [
      {
        field: key,
        expected: 'expected a key <project>.<app> whose value is a YAML map with source, and gitops if it is elsewhere',
      },
    ]);
  });
}

function parsedYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
