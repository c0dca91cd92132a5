import { InputError } from '@luban-ci/core';
import { parse, stringify } from 'yaml';
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
/** What stands under a key of `luban-repositories`. */
export type RepositoriesEntry = z.output<typeof Entry>;

/** The key of an application in `luban-repositories`. */
export function repositoriesKey({ project, app }: { project: string; app: string }): string {
  return `${project}.${app}`;
}

/** Reads one value of `luban-repositories`; `undefined` for what cannot be read. */
export function parseRepositoriesEntry(text: string): RepositoriesEntry | undefined {
  return Entry.safeParse(parsedYaml(text)).data;
}

/** The value of an entry as set-up writes it: always the same bytes for the same places. */
export function serialiseRepositoriesEntry({ source, gitops }: RepositoriesEntry): string {
  return stringify({ source, ...(gitops === undefined ? {} : { gitops }) }, { lineWidth: 0 });
}

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
    const entry = parseRepositoriesEntry(text);
    const application = RegisteredApplication.safeParse({ project, app, ...entry });
    if (rest.length === 0 && entry !== undefined && application.success) return application.data;
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
