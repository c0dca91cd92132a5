import { appendFile, cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Files } from '@luban-ci/edits';
import { type LocalProject, localProject } from '@luban-ci/gitops-utils/testing';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { temporaryFolder, writeTree } from '@luban-ci/testing';
import { lubanProgram } from '../../tools/gitops-utils/src/testing/luban-process.ts';
import { type GitlabCiRun, runGitlabCi, writeLuban } from './gitlab-ci-local.ts';
import { imageOf, platformFiles } from './platform-files.ts';

const repositoryRoot = fileURLToPath(new URL('../../', import.meta.url));

/** A project in a playground that stands for GitLab, with our components in it: gone when the test's scope ends. */
export interface GitlabPlace extends AsyncDisposable {
  project: LocalProject;
  /** Tip of `main` of the source repository, with the pipeline in it. */
  revision: string;
  image: string;
  /** Runs the pipeline of that commit. */
  run(): Promise<GitlabCiRun>;
}

/** @param pipeline absolute path of a file that becomes the project's `.gitlab-ci.yml` */
export async function gitlabPlace(pipeline: string): Promise<GitlabPlace> {
  await using resources = new AsyncDisposableStack();
  const project = resources.use(await localProject());
  const folder = resources.use(await temporaryFolder());
  const { place } = project;
  const [checkout, programs, kubeconfig] = [folder.at('checkout'), folder.at('bin'), folder.at('kubeconfig')];
  const gitAccess = accessTo(project);
  await publishComponents(project);
  await project.cluster.api.writeKubeconfig(kubeconfig);
  await mkdir(programs);
  await writeLuban(programs, lubanProgram);
  const git = gitIn(folder.path, gitAccess);
  await git('clone', '--quiet', place.sourceUrl, checkout);
  await appendFile(join(checkout, '.git/info/exclude'), '.gitlab-ci-*\n'); // gitlab-ci-local puts reports into work trees
  const overlay = `images:\n  - name: ${imageOf(project)}\n    newTag: 1.0.0\n`;
  await writeTree(checkout, { ...platformFiles(project), 'deploy/kustomization.yaml': overlay });
  await cp(pipeline, join(checkout, '.gitlab-ci.yml'));
  await git('-C', checkout, 'add', '--all', '--force');
  await git('-C', checkout, 'commit', '--quiet', '--message', 'Deliver with Luban CI');
  await git('-C', checkout, 'push', '--quiet', 'origin', 'main');
  const variables = {
    ...{ LUBAN_GIT_TOKEN: place.token, LUBAN_REGISTRY_PASSWORD: place.token, LUBAN_HARBOR_PASSWORD: place.token },
    ...{ REGISTRY_SERVER: place.host, REGISTRY_USERNAME: place.user, KUBECONFIG_PATH: kubeconfig },
    ...{ FORGE_URL: place.url, GITOPS_REPO_URL: place.gitopsUrl, IMAGE: imageOf(project) },
  };
  const owned = resources.move();
  return {
    project,
    revision: await project.git(place.app, ['rev-parse', 'main']),
    image: imageOf(project),
    run: () => runGitlabCi({ checkout, programs, variables, gitAccess }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** A company's copy of this repository, as far as GitLab reads it, with the tag that pipelines name. */
async function publishComponents({ place, tools, playground, git }: LocalProject): Promise<void> {
  const url = await playground.createRepository(place.organization, 'luban-ci');
  const names = await readdir(join(repositoryRoot, 'templates'));
  const files: Files = new Map(
    await Promise.all(
      names.map(async (name) => {
        const bytes = await readFile(join(repositoryRoot, 'templates', name));
        return [`templates/${name}`, { bytes, executable: false }] as const;
      }),
    ),
  );
  const { pathname } = new URL(url);
  await tools.git.pushInitial({ url: `${place.url}${pathname}`, branches: ['main'], files, message: 'Publish 1.0.0' });
  await git('luban-ci', ['tag', '1.0.0', 'main']);
}

/** git reads these variables, and nothing of ours does: a job has no other token than the one it was given. */
function accessTo({ place }: LocalProject): Record<string, string> {
  const header = Buffer.from(`${place.user}:${place.token}`).toString('base64');
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${place.url}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${header}`,
  };
}

function gitIn(cwd: string, access: Record<string, string>): (...args: string[]) => Promise<void> {
  const who = { GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.com' };
  const committer = { GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.com' };
  const env = { ...plainEnvironment(), ...access, ...who, ...committer, GIT_CONFIG_GLOBAL: '/dev/null' };
  return async (...args) => {
    const { exitCode, stderr } = await runProgram('git', args, { cwd, env });
    if (exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  };
}
