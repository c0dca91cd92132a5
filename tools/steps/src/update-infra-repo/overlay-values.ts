import { inThisCluster, platformNamespace } from '@luban-ci/conventions';
import { InputError, type InputsOf } from '@luban-ci/core';
import type { TemplateValues } from '../capabilities/templates.ts';
import type { OverlaySetUp } from './place.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;

/** What is known of the namespace; a template takes what it has variables for. */
export function overlayValues(setUp: OverlaySetUp, inputs: Inputs): TemplateValues {
  const { config } = setUp.conventions;
  const robots = [config.image_pull_secret, ...(inputs.infraType === 'ci' ? ['harbor-creds'] : [])];
  // Set-up keeps them in this cluster; another one has what somebody brought there.
  const own = setUp.server === inThisCluster ? robots : [];
  return {
    project_name: setUp.project,
    environment: setUp.env,
    namespace: setUp.namespace,
    server: setUp.server,
    admin_groups: listed('adminGroups', inputs.adminGroups),
    developer_groups: listed('developerGroups', inputs.developerGroups),
    create_test_users: inputs.createTestUsers,
    pod_security_level: config.pod_security_level,
    egress_policy: config.cilium_egress_gateway_policy ?? '',
    secret_namespace: platformNamespace,
    own_registry_secrets: own.join(' '),
    git_organization: inputs.gitOrganization ?? '',
    git_provider: setUp.provider,
    git_creds_secret: `${setUp.provider}-creds`,
  };
}

/** Cookiecutter's variables are texts, so groups are separated. */
function listed(field: string, groups: readonly string[]): string {
  if (!groups.some((group) => group.includes(';'))) return groups.join(';');
  throw new InputError('A group has a name that no overlay can hold', [
    { field, expected: 'expected names without a semicolon, which separates them there' },
  ]);
}
