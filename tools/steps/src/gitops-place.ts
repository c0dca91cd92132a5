import { type ApplicationName, type Conventions, createConventions, type GitProvider } from '@luban-ci/conventions';
import { InputError } from '@luban-ci/core';
import { gitopsRepositoryFor } from './sibling-repository.ts';

/**
 * Where an application's GitOps repository is: as given, else as registered, else beside the source repository, else in
 * the organisation on the default provider.
 *
 * @throws InputError when nothing of it is known
 */
export function gitopsPlace(
  name: ApplicationName,
  given: { gitopsRepoUrl?: string | undefined; repoUrl?: string | undefined; gitOrganization?: string | undefined },
  conventions: Conventions,
): string {
  if (given.gitopsRepoUrl !== undefined) return given.gitopsRepoUrl;
  return gitopsRepositoryFor(sourcePlace(name, given, conventions), name, conventions);
}

/**
 * Where an application's source repository is: as registered, else as given, else in the organisation on the default
 * provider.
 *
 * @throws InputError when nothing of it is known
 */
export function sourcePlace(
  name: ApplicationName,
  given: { repoUrl?: string | undefined; gitOrganization?: string | undefined },
  conventions: Conventions,
): string {
  const registered = conventions.applications.find((each) => each.project === name.project && each.app === name.app);
  return registered?.source ?? given.repoUrl ?? assumedSource(name, given.gitOrganization, conventions);
}

/** The conventions of somebody who said which kind of forge is meant. */
export function withProvider(provider: GitProvider | undefined, conventions: Conventions): Conventions {
  if (provider === undefined) return conventions;
  const config = { ...conventions.config, default_git_provider: provider };
  return createConventions(config, conventions.applications, conventions.source);
}

/** The address that the source repository has when everything follows the conventions. */
function assumedSource(
  { project, app }: ApplicationName,
  organization: string | undefined,
  { config }: Conventions,
): string {
  const provider = config.default_git_provider;
  const server = config[`${provider}_server`];
  const base = config[`${provider}_base_url`] ?? (server === undefined ? undefined : `https://${server}`);
  if (base === undefined) {
    throw new InputError(`Nothing says where the GitOps repository of ${project}/${app} is`, [
      { field: 'gitopsRepoUrl', expected: `expected its address, or ${provider}_server in luban-config` },
    ]);
  }
  const owner = organization || project;
  const isAzure = provider === 'azure' || provider === 'ado';
  return isAzure ? `${base}/${owner}/${project}/_git/${app}` : `${base}/${owner}/${app}.git`;
}
