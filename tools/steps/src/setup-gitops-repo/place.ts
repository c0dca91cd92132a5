import type { ApplicationName, Conventions } from '@luban-ci/conventions';
import type { InputsOf } from '@luban-ci/core';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { gitopsPlace, withProvider } from '../gitops-place.ts';
import { openRepository, type RepositorySetUp } from '../set-up/repository-set-up.ts';
import { step } from './step.ts';

/** The repository with what the conventions say of it. */
export interface GitopsSetUp extends RepositorySetUp {
  app: ApplicationName;
  conventions: Conventions;
  /** Every branch that an environment is read from; the first one is made first. */
  branches: string[];
  /** The branch that deployments land on, and that clones start with. */
  workBranch: string;
}

export async function gitopsSetUp(inputs: InputsOf<typeof step>, ctx: ContextOf<typeof step>): Promise<GitopsSetUp> {
  const { projectName: project, appName: app, gitopsRepoUrl, repoUrl, gitOrganization } = inputs;
  const name = { project, app };
  const conventions = withProvider(inputs.gitProvider, ctx.conventions);
  const url = gitopsPlace(name, { gitopsRepoUrl, repoUrl, gitOrganization }, conventions);
  const about = {
    mark: { step: step.id, owner: `${project}/${app}` },
    purpose: 'GitOps repository',
    dryRun: ctx.dryRun,
  };
  const workBranch = conventions.branchOf(conventions.firstEnvironment());
  const all = conventions.config.environments.map(conventions.branchOf);
  const branches = [...new Set([...all.filter((branch) => branch !== workBranch), workBranch])];
  return { ...(await openRepository(url, about, ctx)), app: name, conventions, branches, workBranch };
}
