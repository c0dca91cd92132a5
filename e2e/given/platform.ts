import { openForge } from './forge.ts';
import { applyObjects, createUnlessThere } from './kubectl.ts';
import { account, inCluster, type SuitePlace } from './place.ts';

/** Of e2e/harbor-stand-in. */
const harbor = { HARBOR_USERNAME: 'admin', HARBOR_PASSWORD: 'harbor-for-tests' };

/** What somebody who looks after the platform gives set-up before it can begin: logins for the forge, Harbor and Argo CD. */
export async function givenPlatform(place: SuitePlace): Promise<void> {
  const { token } = await openForge(place);
  // Beside this case another one sets projects up with the same login, and to them a new token would be a change.
  await createUnlessThere(place, gitCredentials('luban-ci', token));
  await applyObjects(place, [secret('luban-ci', 'harbor-api-creds', harbor), repositoryCredentials(token)]);
}

/** With what steps clone, push and ask the forge. */
export function gitCredentials(namespace: string, token: string): object {
  return secret(namespace, 'gitea-creds', { username: account.name, token });
}

/** With what Argo CD reads every repository of the forge. */
export function repositoryCredentials(token: string): object {
  const login = { type: 'git', url: inCluster.forge, username: account.name, password: token };
  return secret('argocd', 'gitea', login, { 'argocd.argoproj.io/secret-type': 'repo-creds' });
}

function secret(namespace: string, name: string, stringData: object, labels: object = {}): object {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace, labels }, stringData };
}
