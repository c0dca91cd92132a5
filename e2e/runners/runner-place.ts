import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LocalProject, type LocalProjectOptions, localProject } from '@luban-ci/gitops-utils/testing';
import { temporaryFolder } from '@luban-ci/testing';
import { stringify } from 'yaml';
import { type ActOptions, type ActRun, runAct } from './act.ts';

const repositoryRoot = fileURLToPath(new URL('../../', import.meta.url));

/** Absolute path of a file beside this one. */
export function exampleOf(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** A project in a playground, and a runner for its source repository: gone when the test's scope ends. */
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
  /** Changed lines between two commits of the GitOps repository, by file; the records beside them are left out. */
  changedLines(from: string, to: string): Promise<Record<string, string[]>>;
}

export async function runnerPlace(options: LocalProjectOptions = {}): Promise<RunnerPlace> {
  await using resources = new AsyncDisposableStack();
  const project = resources.use(await localProject(options));
  const folder = resources.use(await temporaryFolder());
  const { place } = project;
  const [checkout, kubeconfig] = [folder.at('checkout'), folder.at('kubeconfig')];
  const image = `${place.host}/${place.project}/${place.app}`;
  const revision = await project.git(place.app, ['rev-parse', 'main']);
  const config = configOf(project);
  await project.cluster.api.writeKubeconfig(kubeconfig);
  await writeCheckout(checkout, config, project);
  const [variables, secrets] = [
    {
      ...{ GITOPS_REPO_URL: place.gitopsUrl, IMAGE: image, KUBECONFIG: kubeconfig, LUBAN_CONFIG: config },
      ...{ REGISTRY_SERVER: place.host, REGISTRY_USERNAME: place.user },
    },
    { GIT_TOKEN: place.token, REGISTRY_PASSWORD: place.token },
  ];
  const repository = `${place.organization}/${place.app}`;
  const runner = { GITHUB_SERVER_URL: place.url, GITHUB_REPOSITORY: repository };
  const event = {
    ...{ ref: 'refs/heads/main', after: revision, deleted: false },
    repository: { full_name: repository, default_branch: 'main', pushed_at: pushedAt },
  };
  const common = { checkout, product: checkout, masks: false, event, runner, variables, secrets };
  const owned = resources.move();
  return {
    ...{ project, revision, image, event, variables, secrets },
    push: (workflow, given) => runAct({ ...common, workflow, ...given }),
    changedLines: async (from, to) =>
      changedLinesIn(
        await project.git(`${place.app}-gitops`, ['diff', '--unified=0', from, to, '--', ':(exclude)**/.luban']),
      ),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** 2026-01-02T03:04:05Z, in seconds since 1970. */
const pushedAt = 1_767_323_045;

/** What a platform team would have told its users. */
function configOf({ place }: LocalProject): string {
  return stringify({
    registry_server: place.host,
    builder: 'append',
    build_base_image: `${place.host}/luban-ci/local-base:local`,
    gitea_server: place.host,
    gitea_base_url: place.url,
  });
}

async function writeCheckout(checkout: string, config: string, { place }: LocalProject): Promise<void> {
  const repositories = { [`${place.project}.${place.app}`]: `source: ${place.sourceUrl}` };
  await mkdir(checkout);
  for (const each of ['actions', '.github']) {
    await cp(join(repositoryRoot, each), join(checkout, each), { recursive: true });
  }
  await writeFile(join(checkout, 'luban-config.yaml'), config);
  await writeFile(join(checkout, 'luban-repositories.yaml'), stringify(repositories));
}

function changedLinesIn(diff: string): Record<string, string[]> {
  const files = diff.split(/^diff --git /m).slice(1);
  return Object.fromEntries(
    files.map((text) => [
      /^\+\+\+ b\/(.+)$/m.exec(text)?.[1] ?? '',
      text.split('\n').filter((line) => /^[-+](?!--|\+\+)/.test(line)),
    ]),
  );
}

/** Names of the actions of this repository. */
export async function actionNames(): Promise<string[]> {
  const entries = await readdir(join(repositoryRoot, 'actions'), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'dist')
    .map(({ name }) => name)
    .sort();
}
