import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { run } from '../../run.ts';
import { until } from '../until.ts';
import { addresses } from './addresses.ts';
import { makeCertificates, writeKubeconfig } from './certificates.ts';
import { keepRunning } from './keep-running.ts';
import { makeNetwork } from './network.ts';
import { passOn } from './pass-on.ts';
import { certificatesIn, kubeconfigOf, type NodePlace } from './place.ts';
import { writeServiceFiles } from './service-files.ts';
import * as services from './services.ts';

/**
 * The node, from inside its namespaces: everything is set up and kept running until they end.
 *
 *   supervise.ts <file with a NodePlace as JSON>
 */
const place: NodePlace = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8'));
const logs = join(place.state, 'logs');
await mkdir(logs, { recursive: true });
const keep = (service: services.NodeService): void => keepRunning(service, logs);

await Promise.all([makeNetwork(), makeCertificates(certificatesIn(place)), mountImages()]);
const files = await writeServiceFiles(place);
keep(services.etcd(place));
keep(services.registry(files.registry));
keep(services.containerd(files.containerd));
keep(services.apiServer(place));
await writeKubeconfigs();
await forwardApi();
await until('The API server is ready', 60, () => kubectl('get', '--raw', '/readyz'));
keep(services.controllerManager(place));
keep(services.scheduler(place));
keep(services.kubelet(place, files.kubelet));
keep(services.proxy(place, files.proxy));
await until('The node is there', 60, () => kubectl('get', 'node', 'luban'));
await kubectl('wait', '--for=condition=Ready', 'node/luban', '--timeout=60s');
await writeFile(join(place.state, 'ready'), '');

async function kubectl(...args: string[]): Promise<string> {
  return run(place.programs['kubectl'] ?? 'kubectl', ['--kubeconfig', kubeconfigOf(place, 'admin'), ...args]);
}

async function writeKubeconfigs(): Promise<void> {
  const server = `https://${addresses.node}:6443`;
  const folder = certificatesIn(place);
  for (const identity of ['admin', 'node', 'controller-manager', 'scheduler', 'proxy']) {
    await writeKubeconfig(folder, identity, server, kubeconfigOf(place, identity));
  }
}

/** What the registry has from the beginning is shared by all nodes there ever are; what is pushed belongs to this one. */
async function mountImages(): Promise<void> {
  const folder = (name: string): string => join(place.state, name);
  for (const name of ['registry', 'registry-above', 'registry-work']) await mkdir(folder(name), { recursive: true });
  const layers = `lowerdir=${place.images},upperdir=${folder('registry-above')},workdir=${folder('registry-work')}`;
  await run('mount', ['-t', 'overlay', 'overlay', '-o', layers, folder('registry')]);
}

/** The API server by a socket in the state folder, which is seen from outside of the namespaces. */
async function forwardApi(): Promise<void> {
  const socket = join(place.state, 'api.sock');
  await rm(socket, { force: true });
  passOn(() => connect(6443, addresses.node)).listen(socket);
}
