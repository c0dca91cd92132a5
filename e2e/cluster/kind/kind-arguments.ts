import { addresses } from '../node/addresses.ts';

/** What Docker calls our things. */
export const names = {
  cluster: 'luban-ci',
  network: 'luban-ci',
  /** As kind names it after the cluster. */
  node: 'luban-ci-control-plane',
  registry: 'luban-ci-registry',
};

/** Where containerd of a kind node looks for mirrors (kind v0.27 and newer), and the certificate that they are told to trust. */
export const mirrors = { folder: '/etc/containerd/certs.d', certificate: '/etc/containerd/luban-test.crt' };

/** A cluster of one node, whose every pull goes to our registry. The schema is kind's `v1alpha4`. */
export function kindConfig(certificates: string, authority: string): object {
  return {
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    name: names.cluster,
    nodes: [
      {
        role: 'control-plane',
        extraMounts: [
          { hostPath: certificates, containerPath: mirrors.folder, readOnly: true },
          { hostPath: authority, containerPath: mirrors.certificate, readOnly: true },
        ],
      },
    ],
  };
}

/** The registry gets the address that it has beside a bare node, as its certificate and manifests name it; the gateway another. */
export const networkArguments: readonly string[] = [
  '--driver=bridge',
  '--subnet=10.88.0.0/24',
  '--gateway=10.88.0.254',
  names.network,
];

/**
 * For `docker run`: the reference registry, on what the images were pushed into.
 *
 * @param images folder of the registry
 * @param authority folder with the certificate that the registry serves
 */
export function registryArguments(images: string, authority: string): string[] {
  const variables = {
    REGISTRY_HTTP_TLS_CERTIFICATE: '/certificates/server.crt',
    REGISTRY_HTTP_TLS_KEY: '/certificates/server.key',
  };
  return [
    '--detach',
    `--name=${names.registry}`,
    `--network=${names.network}`,
    `--ip=${addresses.node}`,
    `--volume=${images}:/var/lib/registry`,
    `--volume=${authority}:/certificates:ro`,
    ...Object.entries(variables).map(([name, value]) => `--env=${name}=${value}`),
    'docker.io/library/registry:2.8.3',
  ];
}
