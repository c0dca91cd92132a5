import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LocalProject, type LocalProjectOptions, localProject } from '@luban-ci/gitops-utils/testing';
import { temporaryFolder, writeTree } from '@luban-ci/testing';
import { type ActOptions, type ActRun, runAct } from './act.ts';
import { imageOf, platformFiles } from './platform-files.ts';

const repositoryRoot = fileURLToPath(new URL('../../', import.meta.url));

/** A project in a playground, and a runner of GitHub Actions for its source repository: gone when the test's scope ends. */
export interface RunnerPlace extends AsyncDisposable {
  project: LocalProject;
  /** The commit that was pushed, tip of `main`. */
  revision: string;
  /** Image repository of the application. */
  image: string;
  /** The push; `pushed_at` is in seconds since 1970. */
  event: { ref: string; after: string; deleted: boolean; repository: { full_name: string; pushed_at: number } };
  /** What the files of `github/` name as `vars` and as `secrets`. */
  variables: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, string>>;
  /** Runs a workflow file for the push, with all of these. */
  push(workflow: string, given?: Partial<ActOptions>): Promise<ActRun>;
}

/** 2026-01-02T03:04:05Z, in seconds since 1970. */
const pushedAt = 1_767_323_045;

export async function runnerPlace(options: LocalProjectOptions = {}): Promise<RunnerPlace> {
  await using resources = new AsyncDisposableStack();
  const project = resources.use(await localProject(options));
  const folder = resources.use(await temporaryFolder());
  const { place } = project;
  const [checkout, kubeconfig, image] = [folder.at('checkout'), folder.at('kubeconfig'), imageOf(project)];
  const files = platformFiles(project);
  await project.cluster.api.writeKubeconfig(kubeconfig);
  await writeTree(checkout, files);
  await copyOurs(checkout);
  const revision = await project.git(place.app, ['rev-parse', 'main']);
  const repository = `${place.organization}/${place.app}`;
  const event = {
    ...{ ref: 'refs/heads/main', after: revision, deleted: false },
    repository: { full_name: repository, default_branch: 'main', pushed_at: pushedAt },
  };
  const variables = {
    ...{ GITOPS_REPO_URL: place.gitopsUrl, IMAGE: image, KUBECONFIG: kubeconfig },
    ...{ REGISTRY_SERVER: place.host, REGISTRY_USERNAME: place.user, LUBAN_CONFIG: files['luban-config.yaml'] ?? '' },
  };
  const secrets = { GIT_TOKEN: place.token, REGISTRY_PASSWORD: place.token };
  const runner = { GITHUB_SERVER_URL: place.url, GITHUB_REPOSITORY: repository };
  const usual = { checkout, product: checkout, masks: false, event, runner, variables, secrets };
  const owned = resources.move();
  return {
    ...{ project, revision, image, event, variables, secrets },
    push: (workflow, given) => runAct({ ...usual, workflow, ...given }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** The actions and workflows of this work tree, as somebody's checkout of this repository has them. */
async function copyOurs(checkout: string): Promise<void> {
  await mkdir(checkout, { recursive: true });
  for (const each of ['actions', 'gitops-template', '.github', 'e2e/runners/echo']) {
    await cp(join(repositoryRoot, each), join(checkout, each), { recursive: true });
  }
}

/** Absolute path of a file beside this one. */
export function exampleOf(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** Names of what this repository has of a kind: its actions, its components. */
export async function namesIn(folder: 'actions' | 'templates'): Promise<string[]> {
  const names = await readdir(join(repositoryRoot, folder));
  return names
    .filter((name) => name !== 'dist')
    .map((name) => name.replace(/\.yml$/, ''))
    .sort();
}
