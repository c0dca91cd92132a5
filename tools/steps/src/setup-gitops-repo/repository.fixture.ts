import { importOf } from '../testing/plain-git.fixture.ts';
import type { SetUpWorld } from '../testing/set-up-world.fixture.ts';

export const inputs = {
  projectName: 'payment',
  appName: 'cart-service',
  deployEnv: 'snd',
  gitOrganization: 'metasync',
  gitProvider: 'gitea',
};
export const production = { ...inputs, deployEnv: 'prd' };
export const gitops = { owner: 'metasync', repository: 'cart-service-gitops' };
export const three = {
  config: { environments: '["snd","stg","prd"]', environment_branches: '{"stg":"main","prd":"main"}' },
};

export async function filesOf(world: SetUpWorld, branch: string): Promise<string[]> {
  return (await world.git(gitops.repository, ['ls-tree', '-r', '--name-only', branch])).trimEnd().split('\n');
}

/** What somebody with a clone commits. */
export async function commitTo(world: SetUpWorld, branch: string, files: Record<string, string>): Promise<void> {
  const from = (await world.git(gitops.repository, ['rev-parse', `refs/heads/${branch}`])).trim();
  const commit = importOf({ branch, from, files, message: 'By hand', author: 'Ada' });
  await world.git(gitops.repository, ['fast-import', '--quiet'], commit);
}

export async function entryOf(world: SetUpWorld, namespace = 'luban-ci'): Promise<unknown> {
  return Object((await world.object('ConfigMap', 'luban-repositories', namespace))?.['data'])['payment.cart-service'];
}
