import { join } from 'node:path';

/** Where a node keeps what, by absolute paths that are the same inside and outside of its namespaces. */
export interface NodePlace {
  /** Thrown away with the node. */
  state: string;
  /** The compiled programs, by name. */
  programs: Readonly<Record<string, string>>;
  /** What the registry serves from its first moment; copied, never written to. */
  images: string;
  /** The folder with the certificates of the forge and the registry. */
  authority: string;
}

export function certificatesIn({ state }: Pick<NodePlace, 'state'>): string {
  return join(state, 'certificates');
}

/** The file of a certificate or a key. */
export function certificate(place: Pick<NodePlace, 'state'>, name: string): string {
  return join(certificatesIn(place), name);
}

export function kubeconfigOf(place: Pick<NodePlace, 'state'>, identity: string): string {
  return join(certificatesIn(place), `${identity}.kubeconfig`);
}
