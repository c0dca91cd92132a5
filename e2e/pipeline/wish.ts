import { z } from 'zod';

/** What the make variables ask for. */
export interface PipelineWish {
  app: string;
  project: string;
  namespace: string;
  /** Parameters of the template that are not left to it. */
  parameters: Readonly<Record<string, string>>;
}

const text = z.string().trim().optional();
const Variables = z.object({
  APP_NAME: text,
  PROJECT_NAME: text,
  REPO_URL: text,
  REVISION: text,
  TAG: text,
  GIT_REF: text,
  GIT_PROVIDER: text,
  GIT_CREDS_SECRET: text,
  BUILDER: text,
});

export function pipelineWish(environment: NodeJS.ProcessEnv): PipelineWish {
  const given = Variables.parse(environment);
  const app = given.APP_NAME || 'cart-service';
  const project = given.PROJECT_NAME || 'payment';
  const parameters = {
    repo_url: given.REPO_URL,
    revision: given.REVISION,
    tag: given.TAG?.replace(/^v(?=\d)/, ''),
    git_ref: given.GIT_REF,
    git_provider: given.GIT_PROVIDER,
    git_creds_secret: given.GIT_CREDS_SECRET,
    builder: given.BUILDER,
    project_name: project,
    app_name: app,
  };
  return {
    app,
    project,
    namespace: `snd-${project}`,
    parameters: Object.fromEntries(
      Object.entries(parameters).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    ),
  };
}

/** What `argo submit` is given. */
export function submitArguments({ app, namespace, parameters }: PipelineWish): string[] {
  const from = ['-n', namespace, '--from', 'workflowtemplate/luban-ci-kpack-template'];
  const names = ['--generate-name', `${app}-`, '--labels', `app=${app}`];
  return [...from, ...names, ...Object.entries(parameters).flatMap(([name, value]) => ['-p', `${name}=${value}`])];
}
