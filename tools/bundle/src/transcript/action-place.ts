import { mkdir } from 'node:fs/promises';
import { startPlayground } from '@luban-ci/playground';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import type { StepId } from '@luban-ci/steps';
import { type FileTree, temporaryFolder, writeTree } from '@luban-ci/testing';
import { recordingProxy } from './recording-proxy.ts';
import { runAction } from './run-action.ts';
import { transcript } from './transcript.ts';

/** The token that the playground wants; it may be nowhere in a transcript. */
const token = 'a-token-that-nobody-may-see';

/** A workspace and a forge for an action, gone when the test's scope ends. */
export interface ActionPlace extends AsyncDisposable {
  /** Folder that is `GITHUB_WORKSPACE`. */
  workspace: string;
  /** Makes `metasync/<name>` with one commit on `develop`. Answers its address and the commit. */
  repository(name: string, files: FileTree): Promise<{ url: string; commit: string }>;
  /** Pushes a further commit on a branch of its own. */
  branch(url: string, name: string, files: FileTree): Promise<void>;
  /** Runs the action with the token and answers its transcript. @throws Error when the token is in it */
  run(id: StepId, inputs: Readonly<Record<string, string>>): Promise<string>;
}

export async function actionPlace(): Promise<ActionPlace> {
  const folder = await temporaryFolder();
  const workspace = folder.at('workspace');
  await mkdir(workspace);
  const playground = await startPlayground({
    folder: folder.at('playground'),
    users: [{ name: 'luban', token, admin: true }],
  });
  const proxy = await recordingProxy(playground.url);
  const git = developer(folder.at('developer'));
  return {
    workspace,
    repository: async (name, files) => {
      await playground.createRepository('metasync', name, { defaultBranch: 'develop' });
      const url = `${proxy.url}/metasync/${name}.git`;
      return { url, commit: await git.push(url, 'develop', files) };
    },
    branch: async (url, name, files) => void (await git.push(url, name, files)),
    run: async (id, inputs) => {
      proxy.requests.length = 0;
      const ended = await runAction(id, { inputs: { gitToken: token, ...inputs }, workspace });
      const stable = {
        [proxy.url]: 'http://forge.test',
        [playground.url]: 'http://forge.test',
        [folder.path]: '<place>',
      };
      return withoutMask(transcript(ended, proxy.requests, stable));
    },
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await playground[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** The runner takes `add-mask` out of the log: the one place where a secret is said. */
function withoutMask(text: string): string {
  const page = text.replaceAll(`::add-mask::${token}\n`, '::add-mask::<token>\n');
  if (page.includes(token) || page.includes(Buffer.from(`git:${token}`).toString('base64'))) {
    throw new Error(`the action told its token:\n${page}`);
  }
  return page;
}

/** Somebody who commits with plain git. */
function developer(folder: string) {
  const env = {
    ...plainEnvironment(),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`luban:${token}`).toString('base64')}`,
    GIT_CONFIG_KEY_1: 'init.defaultBranch',
    GIT_CONFIG_VALUE_1: 'develop',
  };
  const git = async (...args: string[]): Promise<string> => {
    const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
    const ended = await runProgram('git', [...who, ...args], { cwd: folder, env });
    if (ended.exitCode !== 0) throw new Error(`git ${args[0]}: ${ended.stderr}`);
    return ended.stdout.trim();
  };
  return {
    push: async (url: string, branch: string, files: FileTree): Promise<string> => {
      const isFirst = branch === 'develop';
      await writeTree(folder, files);
      await git(...(isFirst ? ['init', '--quiet'] : ['checkout', '--quiet', '-b', branch]));
      await git('add', '--all');
      await git('commit', '--quiet', '--message', `feat: ${branch}`);
      await git('push', '--quiet', url, `HEAD:refs/heads/${branch}`);
      return git('rev-parse', 'HEAD');
    },
  };
}
