/** Where things are inside the node; nothing of it is seen from outside. */
export const addresses = {
  /** The node's own, on a bridge that no cable leaves. */
  node: '10.88.0.1',
  pods: '10.244.0.0/16',
  services: '10.96.0.0/16',
  /** The API server's service: the first of the services. */
  api: '10.96.0.1',
  dns: '10.96.0.10',
  registry: '10.88.0.1:5000',
} as const;

export const nodeName = 'luban';
