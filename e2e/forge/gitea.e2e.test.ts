import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgeContract } from '@luban-ci/forge/contract';
import { runProgram } from '@luban-ci/process';
import { afterAll, describe } from 'vitest';
import { until } from '../cluster/until.ts';
import { gitEnvironment } from '../given/clone.ts';
import { newOrganization, newToken } from '../given/forge.ts';
import { suitePlace } from '../given/place.ts';
import { useCluster } from '../suites/cluster-in-use.ts';

const cluster = await useCluster(process.env);
afterAll(() => cluster?.[Symbol.asyncDispose]());

describe.skipIf(cluster === undefined)('Gitea in the cluster ("make cluster-up")', () => {
  forgeContract('a real Gitea', async () => {
    const place = suitePlace(cluster?.environment ?? {});
    const owner = `contract-${randomUUID().slice(0, 8)}`;
    await newOrganization(place, owner);
    const folder = await mkdtemp(join(tmpdir(), 'luban-contract-'));
    const env = { ...gitEnvironment(place), GIT_SSL_CAINFO: cluster?.environment['GIT_SSL_CAINFO'] ?? '' };
    const git = async (...args: string[]) => runProgram('git', args, { cwd: folder, env, timeoutSeconds: 60 });
    const commitTo = async (branch: string, what: string): Promise<string | 'refused'> => {
      await writeFile(join(folder, `${what}.txt`), `${what}\n`);
      await git('add', '--all');
      await git('commit', '--quiet', '--message', what);
      const { exitCode } = await git('push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
      if (exitCode !== 0) return 'refused';
      const commit = (await git('rev-parse', 'HEAD')).stdout.trim();
      await until(`Gitea's API knows the push to ${branch}`, 30, () => tipIs(commit, branch));
      return commit;
    };
    // A push is worked through after it has been answered; the suite is about the API, which is asked at once.
    const tipIs = async (commit: string, branch: string): Promise<void> => {
      const path = `repos/${owner}/cart-service/branches/${encodeURIComponent(branch)}`;
      const answer = await fetch(`${place.forge}/api/v1/${path}`, { headers: { authorization: `token ${token}` } });
      const seen = await answer.text();
      if (answer.status !== 200 || !seen.includes(commit)) throw new Error(`${answer.status}: ${seen.slice(0, 200)}`);
    };
    const token = await newToken(place);
    return {
      provider: 'gitea',
      baseUrl: place.forge,
      apiPath: '/api/v1',
      token,
      owner,
      seed: async (name) => {
        await git('init', '--quiet', '--initial-branch=main');
        await git('remote', 'add', 'origin', `${place.forge}/${name.owner}/${name.repository}.git`);
        const main = await commitTo('main', 'first');
        return { main, change: await commitTo('change/one', 'second') };
      },
      push: async (_name, branch) => {
        await git('fetch', '--quiet', 'origin', branch);
        await git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
        return commitTo(branch, `more-${randomUUID()}`);
      },
      fileAt: async (_name, branch, path) => {
        await git('fetch', '--quiet', 'origin', branch);
        const { exitCode, stdout } = await git('show', `FETCH_HEAD:${path}`);
        return exitCode === 0 ? stdout : undefined;
      },
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
    };
  });
});
