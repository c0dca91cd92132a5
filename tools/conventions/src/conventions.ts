import { InputError } from '@luban-ci/core';
import { checkedLabel } from './dns-label.ts';
import type { LubanConfig } from './luban-config.ts';
import { fillPattern } from './name-pattern.ts';
import type { RegisteredApplication } from './repositories.ts';

/** A team's project and one of its applications. */
export interface ApplicationName {
  project: string;
  app: string;
}

/** The data of the two ConfigMaps as they were read, for who hands them on. */
export interface ConfigurationSource {
  config: Readonly<Record<string, string>>;
  repositories: Readonly<Record<string, string>>;
}

/** Every name and place the platform derives, from one configuration. */
export interface Conventions {
  config: LubanConfig;
  applications: readonly RegisteredApplication[];
  source: ConfigurationSource;
  /** The environment that builds deploy to. */
  firstEnvironment(): string;
  /** The environment that `env` is promoted to, if there is one. */
  environmentAfter(env: string): string | undefined;
  /** Branch of the GitOps repository that `env` is read from. */
  branchOf(env: string): string;
  /** Folder of an application's overlay for an environment inside its GitOps repository. */
  overlayOf(env: string, name: ApplicationName): string;
  namespaceOf(env: string, project: string): string;
  buildNamespaceOf(project: string): string;
  argocdProjectOf(env: string, project: string): string;
  argocdApplicationOf(env: string, name: ApplicationName): string;
  gitopsRepositoryOf(name: ApplicationName): string;
  /** Image repository without tag or digest: `quay.io/payment/cart-service`. */
  imageOf(name: ApplicationName): string;
}

export function createConventions(
  config: LubanConfig,
  applications: readonly RegisteredApplication[] = [],
  source: ConfigurationSource = { config: {}, repositories: {} },
): Conventions {
  const { environments } = config;
  const known = (env: string): string => {
    if (environments.includes(env)) return env;
    throw new InputError(`There is no environment "${env}"; luban-config lists ${environments.join(', ')}`);
  };
  const label = (pattern: string, values: Record<string, string>, purpose: string): string =>
    checkedLabel(fillPattern(pattern, values), purpose);
  const first = environments[0] ?? 'snd';
  return {
    ...{ config, applications, source },
    firstEnvironment: () => first,
    environmentAfter: (env) => environments[environments.indexOf(known(env)) + 1],
    branchOf: (env) => config.environment_branches[known(env)] ?? config.gitops_branch,
    overlayOf: (env, name) => fillPattern(config.overlay_pattern, { env: known(env), ...name }),
    namespaceOf: (env, project) => label(config.namespace_pattern, { env: known(env), project }, 'namespace'),
    buildNamespaceOf: (project) => label(config.build_namespace_pattern, { env: first, project }, 'build namespace'),
    argocdProjectOf: (env, project) =>
      label(config.argocd_project_pattern, { env: known(env), project }, 'Argo CD project'),
    argocdApplicationOf: (env, name) =>
      label(
        config.application_pattern,
        { env: known(env), project: name.project, app: name.app },
        'Argo CD application',
      ),
    gitopsRepositoryOf: (name) => fillPattern(config.gitops_repository_pattern, { ...name }),
    imageOf: (name) => fillPattern(config.image_pattern, { registry: config.registry_server, ...name }),
  };
}
