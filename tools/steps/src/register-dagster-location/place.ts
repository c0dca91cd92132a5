import type { InputsOf } from '@luban-ci/core';
import type { EditInput } from '@luban-ci/edits';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { gitopsPlace, withProvider } from '../gitops-place.ts';
import { openRepository, type RepositorySetUp } from '../set-up/repository-set-up.ts';
import { step } from './step.ts';

type Edit = EditInput & { kind: 'dagster-set-location' };

/** The platform's repository, with what is to stand in it. */
export interface LocationSetUp extends RepositorySetUp {
  /** As the platform calls it. */
  location: string;
  platform: string;
  env: string;
  server: { host: string; port: number };
  /** The overlay of the platform. */
  folder: string;
  /** The branch that the environment is read from. */
  branch: string;
  /** Whether deployments land there by themselves; everything after the first environment is somebody's decision. */
  isFirst: boolean;
  /** The change, or with `null` its way back. */
  edit(server: Edit['server']): Edit;
}

export async function locationSetUp(
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<LocationSetUp> {
  const { projectName: project, appName: location, deployEnv: env, gitopsRepoUrl, gitOrganization } = inputs;
  const conventions = withProvider(inputs.gitProvider, ctx.conventions);
  const platform = { project: inputs.dagsterPlatformProject ?? project, app: inputs.dagsterPlatformApp };
  const url = gitopsPlace(platform, { gitopsRepoUrl, gitOrganization }, conventions);
  const mark = { step: step.id, owner: `${project}/${location}` };
  const folder = conventions.overlayOf(env, platform);
  const namespace = conventions.namespaceOf(env, project);
  const configMap = `${platform.app}-workspace`;
  return {
    ...(await openRepository(url, { mark, purpose: 'GitOps repository', dryRun: ctx.dryRun }, ctx)),
    ...{ location, platform: `${platform.project}/${platform.app}`, env, folder },
    server: {
      host: inputs.locationHost ?? `${location}.${namespace}.svc.cluster.local`,
      port: inputs.locationPort ?? ctx.dagster.code_location_port,
    },
    branch: conventions.branchOf(env),
    isFirst: env === conventions.firstEnvironment(),
    edit: (server) => ({ kind: 'dagster-set-location', version: 1, folder, configMap, location, server }),
  };
}
