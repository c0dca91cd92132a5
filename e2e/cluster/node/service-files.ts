import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { addresses } from './addresses.ts';
import { certificate, kubeconfigOf, type NodePlace } from './place.ts';

/** Paths of what the services are configured with. */
export interface ServiceFiles {
  containerd: string;
  kubelet: string;
  proxy: string;
  registry: string;
}

/** Writes the configuration of each service that wants a file. */
export async function writeServiceFiles(place: NodePlace): Promise<ServiceFiles> {
  const folder = join(place.state, 'configuration');
  const write = async (name: string, content: string | object): Promise<string> => {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content)); // JSON is YAML, too
    return file;
  };
  await write('mirrors/_default/hosts.toml', everyNameIsLocal(addresses.registry, join(place.authority, 'ca.crt')));
  await write('networks/10-bridge.conflist', bridgeNetwork());
  await write('resolv.conf', 'nameserver 127.0.0.1\n'); // nobody is asked outside
  return {
    containerd: await write('containerd.toml', containerdConfig(place, folder)),
    kubelet: await write('kubelet.json', kubeletConfig(place, join(folder, 'resolv.conf'))),
    proxy: await write('proxy.json', proxyConfig(place)),
    registry: await write('registry.json', registryConfig(place)),
  };
}

/** For containerd: whatever an image is called, it comes from the registry of this node, so no pull can leave it. */
export function everyNameIsLocal(registry: string, certificate: string): string {
  const url = `https://${registry}`;
  const host = `  capabilities = ["pull", "resolve"]\n  ca = "${certificate}"\n`;
  return `server = "${url}"\n[host."${url}"]\n${host}`;
}

function bridgeNetwork(): object {
  return {
    cniVersion: '1.0.0',
    name: 'pods',
    plugins: [
      {
        type: 'bridge',
        bridge: 'pods0',
        isGateway: true,
        hairpinMode: true,
        ipam: { type: 'host-local', ranges: [[{ subnet: addresses.pods }]], routes: [{ dst: '0.0.0.0/0' }] },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
}

/**
 * Nothing here asks the kernel to make a process less likely to be killed for memory: that takes a right that containers
 * and many virtual machines lack.
 */
function containerdConfig(place: NodePlace, folder: string): string {
  return `version = 2
root = "${join(place.state, 'containerd')}"
state = "/run/containerd"
oom_score = 0
disabled_plugins = ["io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.aufs"]
[grpc]
  address = "/run/containerd/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "luban.test/pause:1"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${join(folder, 'networks')}"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      SystemdCgroup = false
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "${join(folder, 'mirrors')}"
`;
}

function kubeletConfig(place: NodePlace, resolvConf: string): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    failCgroupV1: false,
    cgroupDriver: 'cgroupfs',
    oomScoreAdj: 0,
    failSwapOn: false,
    address: addresses.node,
    containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
    clusterDNS: [addresses.dns],
    clusterDomain: 'cluster.local',
    resolvConf,
    tlsCertFile: certificate(place, 'kubelet.crt'),
    tlsPrivateKeyFile: certificate(place, 'kubelet.key'),
    authentication: { anonymous: { enabled: false }, x509: { clientCAFile: certificate(place, 'ca.crt') } },
    authorization: { mode: 'Webhook' },
    podLogsDir: join(place.state, 'pod-logs'),
    serializeImagePulls: false,
    // Nobody reads how much the volumes hold, and counting it costs a walk through each, again and again.
    volumeStatsAggPeriod: '-1s',
    localStorageCapacityIsolation: false,
    // A disk that others fill as well is no reason to end pods.
    evictionHard: { 'memory.available': '100Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
    imageGCHighThresholdPercent: 99,
    imageGCLowThresholdPercent: 98,
  };
}

function proxyConfig(place: NodePlace): object {
  return {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    bindAddress: addresses.node,
    healthzBindAddress: '127.0.0.1:10256',
    metricsBindAddress: '127.0.0.1:10249',
    mode: 'iptables',
    clusterCIDR: addresses.pods,
    clientConnection: { kubeconfig: kubeconfigOf(place, 'proxy') },
    // The limits of connection tracking belong to the machine.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
  };
}

function registryConfig(place: NodePlace): object {
  return {
    version: '0.1',
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(place.state, 'registry') }, delete: { enabled: true } },
    http: {
      addr: addresses.registry,
      secret: 'this node alone',
      tls: { certificate: join(place.authority, 'server.crt'), key: join(place.authority, 'server.key') },
    },
  };
}
