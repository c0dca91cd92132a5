import { InputError } from '@luban-ci/core';
import { parse } from 'yaml';
import { z } from 'zod';
import { DnsLabel } from './dns-label.ts';
import { GitProvider } from './git-provider.ts';

const yesOrNo = z.enum(['yes', 'no']);
const environments = z.array(DnsLabel).min(1).optional();

/** An application as app setup was asked for it; what is left out is as there. */
export const WantedApplication = z.strictObject({
  /** By default the first of luban-config. */
  environments,
  setup_source_repo: yesOrNo.default('yes'),
  repo_url: z.string().min(1).optional(),
  gitops_repo_url: z.string().min(1).optional(),
  gitops_template: z.string().min(1).optional(),
  source_template: z.string().min(1).optional(),
  protect_branches: z.boolean().optional(),
  required_approvals: z.number().int().min(0).max(6).optional(),
});
export type WantedApplication = z.output<typeof WantedApplication>;

/** A project as project setup was asked for it, under the names of its parameters. */
export const WantedProject = z.strictObject({
  /** By default all of luban-config. */
  environments,
  git_organization: z.string().min(1).optional(),
  git_provider: GitProvider.optional(),
  developer_groups: z.array(z.string().min(1)).default([]),
  admin_groups: z.array(z.string().min(1)).default([]),
  create_test_users: yesOrNo.default('no'),
  registry_visibility: z.enum(['private', 'public']).default('private'),
  applications: z.record(DnsLabel, WantedApplication).default({}),
});
export type WantedProject = z.output<typeof WantedProject>;

/**
 * Reads the data of the ConfigMap `luban-projects`: one key for each project, and a YAML map as its value.
 *
 * @example parseProjects({ payment: 'developer_groups: [payment-developers]' })
 * @throws InputError naming everything that cannot be used, also a key that nobody knows
 */
export function parseProjects(data: Readonly<Record<string, string>>): Map<string, WantedProject> {
  const read = Object.entries(data).map(([name, text]) => ({ name, result: readProject(name, text) }));
  const bad = read.flatMap(({ name, result }) =>
    result.success
      ? []
      : result.error.issues.map(({ path, message }) => ({ field: [name, ...path].join('.'), expected: message })),
  );
  if (bad.length > 0) throw new InputError('luban-projects cannot be used', bad);
  return new Map(read.flatMap(({ name, result }) => (result.data === undefined ? [] : [[name, result.data]])));
}

function readProject(name: string, text: string) {
  const named = DnsLabel.safeParse(name);
  return named.success ? WantedProject.safeParse(parsedYaml(text)) : { ...named, data: undefined };
}

/** An empty text is a project with nothing said of it. */
function parsedYaml(text: string): unknown {
  try {
    return parse(text) ?? {};
  } catch {
    return undefined;
  }
}
