import { type Conventions, clusterOf } from '@luban-ci/conventions';
import type { InputsOf } from '@luban-ci/core';
import type { KubeObject, WantedObject } from '@luban-ci/kube';
import { z } from 'zod';
import { argocdApi } from '../set-up/argocd-api.ts';
import { gitopsRepositoriesOf } from '../set-up/gitops-repositories.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;

/** The AppProject of a team in one environment; `live` is the one that is there, whose roles' tokens are kept. */
export function appProject(inputs: Inputs, conventions: Conventions, live: KubeObject | undefined): WantedObject {
  const { projectName, deployEnv } = inputs;
  const { config } = conventions;
  const name = conventions.argocdProjectOf(deployEnv, projectName);
  const organization = inputs.gitOrganization ?? projectName;
  const provider = inputs.gitProvider ?? config.default_git_provider;
  return {
    apiVersion: argocdApi,
    kind: 'AppProject',
    metadata: { name, namespace: config.argocd_namespace, labels: { 'app.kubernetes.io/part-of': 'luban-ci' } },
    spec: {
      description: `Applications of ${projectName} in ${deployEnv}`,
      sourceRepos: gitopsRepositoriesOf(projectName, { organization, provider }, conventions),
      destinations: [
        { server: clusterOf(deployEnv, config), namespace: conventions.namespaceOf(deployEnv, projectName) },
      ],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: config.argocd_namespaced_kinds.map(groupKindOf),
      roles: rolesOf(name, inputs).map((role) => ({ ...role, ...tokensOf(live, role.name) })),
    },
  };
}

/** `apps/Deployment`, or `ConfigMap` of the core group. */
function groupKindOf(text: string): { group: string; kind: string } {
  const slash = text.lastIndexOf('/');
  return { group: text.slice(0, Math.max(slash, 0)), kind: text.slice(slash + 1) };
}

function rolesOf(project: string, { developerGroups, adminGroups }: Inputs) {
  const policies = (role: string, actions: readonly string[]) => [
    ...actions.map((action) => `p, proj:${project}:${role}, applications, ${action}, ${project}/*, allow`),
    `p, proj:${project}:${role}, logs, get, ${project}/*, allow`,
  ];
  return [
    {
      name: 'project-developer',
      description: 'Looks, reads logs and syncs',
      policies: policies('project-developer', ['get', 'sync']),
      groups: developerGroups.map(quoted),
    },
    {
      name: 'project-admin',
      description: 'Does everything with the applications of the project',
      policies: policies('project-admin', ['*']),
      groups: adminGroups.map(quoted),
    },
  ];
}

/** Argo CD writes groups into lines of comma-separated values, and wants those with a comma quoted. */
function quoted(group: string): string {
  return group.includes(',') ? `"${group}"` : group;
}

const Roles = z.object({
  spec: z.object({ roles: z.array(z.looseObject({ name: z.string(), jwtTokens: z.array(z.unknown()).optional() })) }),
});

/** `argocd proj role create-token` keeps its tokens here. */
function tokensOf(live: KubeObject | undefined, name: string): { jwtTokens?: unknown[] } {
  const role = Roles.safeParse(live).data?.spec.roles.find((each) => each.name === name);
  return role?.jwtTokens === undefined ? {} : { jwtTokens: role.jwtTokens };
}
