import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { InputError, StepError } from '@luban-ci/core';
import { hasProgram } from '@luban-ci/testing';
import { z } from 'zod';
import { given } from '../given/as-program.ts';
import { openKubeContext } from '../kube-context.ts';
import { run } from '../run.ts';
import type { PipelineWish } from './wish.ts';

/** The cluster that a pipeline runs in. */
export interface PipelineTarget extends AsyncDisposable {
  /** The wish with what only this cluster knows. */
  completed(wish: PipelineWish): Promise<PipelineWish>;
  /** Runs `argo` before the person's eyes. @returns its exit code */
  argo(args: readonly string[]): Promise<number>;
  /** Name of the application's newest pipeline. */
  newest(wish: PipelineWish): Promise<string | undefined>;
  /** 0 when the newest pipeline succeeded. */
  outcome(wish: PipelineWish): Promise<number>;
}

/**
 * The cluster of the current kube context, else the local one.
 *
 * @throws StepError when there is neither, or no `argo`
 */
export async function openTarget(machine: NodeJS.ProcessEnv): Promise<PipelineTarget> {
  const { environment, isLocal, ...context } = await openKubeContext(machine);
  if (!hasProgram('argo', environment['PATH'])) {
    throw new StepError('The command argo is missing', {
      hint: 'https://github.com/argoproj/argo-workflows/releases has it, or unset KUBECONFIG and use "make cluster-up".',
    });
  }
  const completed = isLocal ? completedHere(environment) : completedByUser;
  return targetIn(environment, completed, async () => context[Symbol.asyncDispose]());
}

type Complete = (wish: PipelineWish) => Promise<PipelineWish>;

const completedByUser: Complete = async (wish) => {
  if (wish.parameters['repo_url'] !== undefined) return wish;
  throw new InputError('REPO_URL is missing: which repository is to be built?', [], {
    hint: 'make test-ci-pipeline APP_NAME=my-app REPO_URL=https://github.com/myorg/my-app.git',
  });
};

const GivenApplication = z.object({ repoUrl: z.string() });

/** In the local cluster a project and an application can be made. */
function completedHere(environment: Record<string, string>): Complete {
  return async (wish) => {
    const forge = { git_provider: 'gitea', git_creds_secret: 'gitea-creds' };
    if (wish.parameters['repo_url'] !== undefined) return { ...wish, parameters: { ...forge, ...wish.parameters } };
    const made = await given(['application', wish.project, wish.app], environment);
    const { repoUrl } = GivenApplication.parse(made);
    return { ...wish, parameters: { repo_url: repoUrl, ...forge, ...wish.parameters } };
  };
}

const Newest = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z.looseObject({ phase: z.string().optional() }).optional(),
    }),
  ),
});

function targetIn(
  environment: Record<string, string>,
  completed: Complete,
  close: () => Promise<void>,
): PipelineTarget {
  const newestOf = async ({ namespace, app }: PipelineWish) => {
    const sorted = ['--sort-by=.metadata.creationTimestamp', '-o', 'json'];
    const said = await run('kubectl', ['-n', namespace, 'get', 'workflows', '-l', `app=${app}`, ...sorted], {
      env: environment,
    });
    return Newest.parse(JSON.parse(said)).items.at(-1);
  };
  return {
    completed,
    argo: async (args) => {
      const [code] = await once(spawn('argo', args, { env: environment, stdio: 'inherit' }), 'exit');
      return typeof code === 'number' ? code : 1;
    },
    newest: async (wish) => (await newestOf(wish))?.metadata.name,
    outcome: async (wish) => ((await newestOf(wish))?.status?.phase === 'Succeeded' ? 0 : 1),
    [Symbol.asyncDispose]: close,
  };
}
