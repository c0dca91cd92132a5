import { platformNamespace } from '@luban-ci/conventions';
import type { WantedObject } from '@luban-ci/kube';
import type { Place } from './place.ts';
import type { TenantTemplate } from './tenant-template.ts';

const rbac = 'rbac.authorization.k8s.io';

/** What the pipeline and the promotion need where they run. */
export function pipelineObjects(place: Place, templates: readonly TenantTemplate[]): WantedObject[] {
  const { namespace } = place;
  return [
    binding('luban-workflow-runner', namespace, { name: 'workflow-runner', namespace }),
    binding('luban-dispatcher-submit', namespace, { name: 'luban-ci-sa', namespace: platformNamespace }),
    ...configurationCopies(place),
    ...templates.map((template) => ({ ...template, metadata: { ...template.metadata, namespace } })),
    ...templates.filter(({ metadata }) => metadata.name === promotion).map((template) => preset(place, template)),
  ];
}

function binding(name: string, namespace: string, account: { name: string; namespace: string }): WantedObject {
  return {
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    metadata: { name, namespace },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', ...account }],
  };
}

/** Workflows read their configuration where they run. Of the registered applications a project gets its own. */
function configurationCopies({ namespace, project, conventions: { source } }: Place): WantedObject[] {
  const own = Object.entries(source.repositories).filter(([key]) => key.startsWith(`${project}.`));
  // Argo reads parameters only from ConfigMaps with this label.
  const labels = { 'workflows.argoproj.io/configmap-type': 'Parameter' };
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'luban-config', namespace, labels }, data: source.config },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'luban-repositories', namespace },
      data: Object.fromEntries(own),
    },
  ];
}

/** How many builds run at a time: to begin with, and afterwards as people set it, unless a number was asked for. */
export function semaphores({ namespace, inputs, conventions: { config } }: Place): WantedObject {
  const data = { 'kpack-builds': String(inputs.maxBuilds ?? config.kpack_builds) };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'workflow-semaphores', namespace }, data };
}

const promotion = 'luban-promotion-template';

/** The promotion with everything filled in that is the same for all applications of the project. */
function preset({ namespace, project, inputs, provider }: Place, { spec, ...template }: TenantTemplate): WantedObject {
  const values: Readonly<Record<string, string | undefined>> = {
    project_name: project,
    git_organization: inputs.gitOrganization,
    git_provider: provider,
    git_creds_secret: `${provider}-creds`,
  };
  const parameters = spec.arguments.parameters.map((parameter) => {
    const value = values[parameter.name];
    return value === undefined ? parameter : { ...parameter, value };
  });
  return {
    ...template,
    metadata: { ...template.metadata, name: 'promotion-workflow', namespace },
    spec: { ...spec, arguments: { ...spec.arguments, parameters } },
  };
}
