import type { Conventions, GitProvider } from '@luban-ci/conventions';
import type { InputsOf } from '@luban-ci/core';
import type { step } from './step.ts';

/** A namespace that is set up, and what it is for. */
export interface Place {
  namespace: string;
  project: string;
  env: string;
  /** Whether builds run here. */
  isBuild: boolean;
  inputs: InputsOf<typeof step>;
  provider: GitProvider;
  conventions: Conventions;
}

/** The environment's namespace; and the one that builds run in, where that is another and this is the first environment. */
export function placesOf(inputs: InputsOf<typeof step>, conventions: Conventions): Place[] {
  const { projectName: project, deployEnv: env } = inputs;
  const provider = inputs.gitProvider ?? conventions.config.default_git_provider;
  const [own, builds] = [conventions.namespaceOf(env, project), conventions.buildNamespaceOf(project)];
  const place = { project, env, inputs, provider, conventions };
  const first = { ...place, namespace: own, isBuild: own === builds };
  if (own === builds || env !== conventions.firstEnvironment()) return [first];
  return [first, { ...place, namespace: builds, isBuild: true }];
}
