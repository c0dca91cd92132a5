import { join } from 'node:path';
import { addresses, nodeName } from './addresses.ts';
import { certificate, kubeconfigOf, type NodePlace } from './place.ts';

/** A program that runs as long as the node does, and is started again when it ends. */
export interface NodeService {
  name: string;
  command: readonly [string, ...string[]];
}

const flagsOf = (flags: Readonly<Record<string, string>>): string[] =>
  Object.entries(flags).map(([name, value]) => `--${name}=${value}`);

function kube(place: NodePlace, name: string, flags: Readonly<Record<string, string>>): NodeService {
  return { name, command: [place.programs['kube'] ?? 'kube', name, ...flagsOf(flags)] };
}

export function etcd(place: NodePlace): NodeService {
  const url = 'https://127.0.0.1:2379';
  return kube(place, 'etcd', {
    'data-dir': join(place.state, 'etcd'),
    'listen-client-urls': url,
    'advertise-client-urls': url,
    'listen-peer-urls': 'http://127.0.0.1:2380',
    'initial-advertise-peer-urls': 'http://127.0.0.1:2380',
    'initial-cluster': 'default=http://127.0.0.1:2380',
    'client-cert-auth': 'true',
    'trusted-ca-file': certificate(place, 'ca.crt'),
    'cert-file': certificate(place, 'etcd.crt'),
    'key-file': certificate(place, 'etcd.key'),
    'unsafe-no-fsync': 'true', // the state does not outlive the node
    'log-level': 'warn',
  });
}

export function apiServer(place: NodePlace): NodeService {
  const at = (name: string) => certificate(place, name);
  return kube(place, 'apiserver', {
    'bind-address': addresses.node,
    'advertise-address': addresses.node,
    'secure-port': '6443',
    'etcd-servers': 'https://127.0.0.1:2379',
    'etcd-cafile': at('ca.crt'),
    'etcd-certfile': at('admin.crt'),
    'etcd-keyfile': at('admin.key'),
    'client-ca-file': at('ca.crt'),
    'tls-cert-file': at('apiserver.crt'),
    'tls-private-key-file': at('apiserver.key'),
    'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
    'service-account-key-file': at('service-accounts.pub'),
    'service-account-signing-key-file': at('service-accounts.key'),
    'service-cluster-ip-range': addresses.services,
    'authorization-mode': 'Node,RBAC',
    'enable-admission-plugins': 'NodeRestriction',
    'allow-privileged': 'true',
    'kubelet-client-certificate': at('apiserver-kubelet.crt'),
    'kubelet-client-key': at('apiserver-kubelet.key'),
    'kubelet-certificate-authority': at('ca.crt'),
    'kubelet-preferred-address-types': 'InternalIP',
    'requestheader-client-ca-file': at('ca.crt'),
    'requestheader-allowed-names': 'front-proxy',
    'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    'requestheader-group-headers': 'X-Remote-Group',
    'requestheader-username-headers': 'X-Remote-User',
    'proxy-client-cert-file': at('front-proxy.crt'),
    'proxy-client-key-file': at('front-proxy.key'),
  });
}

export function controllerManager(place: NodePlace): NodeService {
  return kube(place, 'controller-manager', {
    ...asClient(place, 'controller-manager'),
    'use-service-account-credentials': 'true',
    'service-account-private-key-file': certificate(place, 'service-accounts.key'),
    'root-ca-file': certificate(place, 'ca.crt'),
    'cluster-signing-cert-file': certificate(place, 'ca.crt'),
    'cluster-signing-key-file': certificate(place, 'ca.key'),
  });
}

export function scheduler(place: NodePlace): NodeService {
  return kube(place, 'scheduler', asClient(place, 'scheduler'));
}

/** There is one of each, so nobody has to be elected. */
function asClient(place: NodePlace, identity: string): Record<string, string> {
  const kubeconfig = kubeconfigOf(place, identity);
  return {
    kubeconfig,
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'leader-elect': 'false',
    'bind-address': '127.0.0.1',
  };
}

export function kubelet(place: NodePlace, config: string): NodeService {
  return kube(place, 'kubelet', {
    config,
    kubeconfig: kubeconfigOf(place, 'node'),
    'root-dir': join(place.state, 'kubelet'),
    'node-ip': addresses.node,
    'hostname-override': nodeName,
  });
}

export function proxy(place: NodePlace, config: string): NodeService {
  return kube(place, 'proxy', { config, 'hostname-override': nodeName });
}

export function containerd(config: string): NodeService {
  return { name: 'containerd', command: ['containerd', '--config', config] };
}

export function registry(config: string): NodeService {
  return { name: 'registry', command: ['docker-registry', 'serve', config] };
}
