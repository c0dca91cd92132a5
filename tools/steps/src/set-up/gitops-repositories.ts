import { type Conventions, fillPattern, type GitProvider } from '@luban-ci/conventions';
import { InputError } from '@luban-ci/core';
import { gitopsRepositoryFor } from '../sibling-repository.ts';

/**
 * The GitOps repositories of a project, as Argo CD's `sourceRepos` takes them: what the name pattern fits in the
 * organisation (`*` stands for one segment of a path), and those that are registered elsewhere. So an application that is
 * set up where the conventions have it changes nothing.
 *
 * @throws InputError when the provider's address is not known
 */
export function gitopsRepositoriesOf(
  project: string,
  { organization, provider }: { organization: string; provider: GitProvider },
  conventions: Conventions,
): string[] {
  const { config, applications } = conventions;
  const registered = applications
    .filter((each) => each.project === project)
    .map(({ app, source }) => gitopsRepositoryFor(source, { project, app }, conventions));
  const server = config[`${provider}_server`];
  const base = config[`${provider}_base_url`] ?? (server === undefined ? undefined : `https://${server}`);
  if (base === undefined) {
    throw new InputError(`Nothing says where ${provider} is`, [
      { field: 'gitProvider', expected: `expected another one, or ${provider}_server in luban-config` },
    ]);
  }
  const name = fillPattern(config.gitops_repository_pattern, { app: '*', project });
  const isAzure = provider === 'azure' || provider === 'ado';
  const root = `${base.replace(/\/+$/, '')}/${organization}`;
  const fitting = isAzure ? `${root}/${project}/_git/${name}` : `${root}/${name}.git`;
  return [...new Set([fitting, ...registered.filter((each) => !fits(each, fitting))])].toSorted();
}

function fits(address: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join('[^/]*')}$`).test(address);
}
