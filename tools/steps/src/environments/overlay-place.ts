/** What a folder of a GitOps repository is about. */
export interface OverlayPlace {
  environment: string;
  /** `undefined` where the path names none: then the repository is of one application. */
  application: string | undefined;
}

/** Parts of a path that say how a repository is laid out, and not what runs. */
export const layoutWords: readonly string[] = [
  ...['app', 'apps', 'applications', 'services', 'overlay', 'overlays', 'env', 'envs', 'environments'],
  ...['cluster', 'clusters', 'deploy', 'deployments', 'k8s', 'kustomize', 'manifests'],
];

/**
 * Reads a folder by the last environment in its path: `app/overlays/snd`, `apps/cart/overlays/snd`, `envs/snd/cart`.
 *
 * @returns `undefined` for a folder of no environment, such as a base
 */
export function overlayPlace(folder: string, environments: readonly string[]): OverlayPlace | undefined {
  const parts = folder.split('/');
  const at = parts.findLastIndex((part) => environments.includes(part));
  const environment = parts[at];
  if (environment === undefined) return undefined;
  const names = parts.filter((part, index) => index !== at && !layoutWords.includes(part));
  return { environment, application: names.at(-1) };
}
