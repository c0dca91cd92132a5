import type { Conventions, GitProvider } from '@luban-ci/conventions';
import type { Log } from '@luban-ci/core';
import type { Mark } from '@luban-ci/kube';
import type { Forges } from '../capabilities/forge.ts';
import type { GitServers } from '../capabilities/git.ts';
import { sourcePlace, withProvider } from '../gitops-place.ts';
import { openRepository, type RepositorySetUp } from '../set-up/repository-set-up.ts';

/** An infra repository with what the conventions say of it. */
export interface InfraSetUp extends RepositorySetUp {
  conventions: Conventions;
  provider: GitProvider;
  /** The branch that Argo CD reads. */
  branch: string;
}

interface Given {
  infraType: 'ci' | 'cd';
  infraProjectName?: string | undefined;
  infraRepoName?: string | undefined;
  infraRepoUrl?: string | undefined;
  infraBranch: string;
  gitOrganization?: string | undefined;
  gitProvider?: GitProvider | undefined;
}

interface Tools {
  conventions: Conventions;
  forge: Forges;
  git: GitServers;
  log: Log;
  dryRun: boolean;
}

/** @throws InputError when nothing says where the provider is, or what kind of forge an address is of */
export async function infraSetUp(given: Given, step: string, owner: string, tools: Tools): Promise<InfraSetUp> {
  const conventions = withProvider(given.gitProvider, tools.conventions);
  const { project, app } = infraName(given, conventions);
  const url = given.infraRepoUrl ?? sourcePlace({ project, app }, given, { ...conventions, applications: [] });
  const mark: Mark = { step, owner };
  const about = { mark, purpose: 'Infra repository', dryRun: tools.dryRun };
  const provider = conventions.config.default_git_provider;
  return { ...(await openRepository(url, about, tools)), conventions, provider, branch: given.infraBranch };
}

/** Project and name of the repository. */
export function infraName(
  { infraType, infraProjectName, infraRepoName }: Given,
  { config }: Conventions,
): { project: string; app: string } {
  const usual = infraType === 'ci' ? config.infra_ci_repository : config.infra_cd_repository;
  return { project: infraProjectName ?? config.infra_project, app: infraRepoName ?? usual };
}
