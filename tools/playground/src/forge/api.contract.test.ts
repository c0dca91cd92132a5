import { forgeContract } from '@luban-ci/forge/contract';
import { temporaryFolder } from '@luban-ci/testing';
import { startPlayground } from '../start-playground.ts';
import { commitTo, runGitAs } from '../testing/git-client.ts';

forgeContract("the playground's forge", async () => {
  const folder = await temporaryFolder();
  const users = [{ name: 'bot', token: 'token-of-bot' }];
  const organizations = [{ name: 'metasync', members: ['bot'] }];
  const playground = await startPlayground({ folder: folder.at('data'), users, organizations });
  const clone = folder.at('clone');
  return {
    provider: 'gitea',
    baseUrl: playground.url,
    apiPath: '/api/v1',
    token: 'token-of-bot',
    owner: 'metasync',
    seed: async (name) => {
      const url = playground.cloneUrl(name.owner, name.repository);
      await runGitAs('token-of-bot', folder.path, ['init', '--quiet', '--initial-branch=main', clone]);
      await runGitAs('token-of-bot', clone, ['remote', 'add', 'origin', url]);
      const main = await commitTo('token-of-bot', clone, 'main', 'first');
      const change = await commitTo('token-of-bot', clone, 'change/one', 'second');
      return { main: main.commit, change: change.commit };
    },
    push: async (_name, branch) => {
      const { commit, exitCode } = await commitTo('token-of-bot', clone, branch, 'more');
      return exitCode === 0 ? commit : 'refused';
    },
    fileAt: async (_name, branch, path) => {
      await runGitAs('token-of-bot', clone, ['fetch', '--quiet', 'origin', branch]);
      const { exitCode, stdout } = await runGitAs('token-of-bot', clone, ['show', `FETCH_HEAD:${path}`]);
      return exitCode === 0 ? stdout : undefined;
    },
    [Symbol.asyncDispose]: async () => {
      await playground[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
});
