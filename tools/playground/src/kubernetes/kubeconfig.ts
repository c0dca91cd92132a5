import { stringify } from 'yaml';

/** A kubeconfig for the playground's cluster, for steps. It holds the token. */
export function kubeconfigFor(playgroundUrl: string, token: string): string {
  const name = 'luban-playground';
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: `${playgroundUrl}/kubernetes` } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name, namespace: 'luban-ci' } }],
    'current-context': name,
  });
}
