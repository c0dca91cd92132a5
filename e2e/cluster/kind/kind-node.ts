import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { hasProgram } from '@luban-ci/testing';
import { run } from '../../run.ts';
import { authorityFile } from '../authority.ts';
import { type ImageWorkshop, registryFolder } from '../images/build-images.ts';
import { addresses } from '../node/addresses.ts';
import { kubeconfigFile, stateFolder } from '../node/running-node.ts';
import { everyNameIsLocal } from '../node/service-files.ts';
import type { NodeKind } from '../node-kind.ts';
import { kindConfig, mirrors, names, networkArguments, registryArguments } from './kind-arguments.ts';

/** A node made by kind (https://kind.sigs.k8s.io, v0.27 or newer), with our registry beside it under the address of the bare one. */
export const kindNode: NodeKind = {
  brings: new Set(['kube', 'coredns', 'dns']),
  holder: async () => ((await isRunning(names.node)) ? `kind's container ${names.node}` : undefined),
  start: startKind,
  stop: stopKind,
};

/** Whether Docker answers, and kind is there to use it. */
export async function hasKind(path: string): Promise<boolean> {
  return hasProgram('kind', path) && hasProgram('docker', path) && (await succeeds('docker', ['info']));
}

async function startKind(workshop: ImageWorkshop): Promise<string> {
  const state = stateFolder(workshop);
  const certificates = join(state, 'certs.d');
  await mkdir(join(certificates, '_default'), { recursive: true });
  await writeFile(join(certificates, '_default/hosts.toml'), everyNameIsLocal(addresses.registry, mirrors.certificate));
  const config = join(state, 'kind.json');
  const authority = authorityFile(workshop, 'ca.crt');
  await writeFile(config, JSON.stringify(kindConfig(certificates, authority)));
  const images = join(state, 'registry'); // pods push into it, and that goes with the cluster
  await cp(registryFolder(workshop), images, { recursive: true });
  await docker('network', 'create', ...networkArguments);
  await docker('run', ...registryArguments(images, join(workshop.cache, 'authority')));
  const kubeconfig = kubeconfigFile(workshop);
  const args = ['create', 'cluster', '--config', config, '--kubeconfig', kubeconfig, '--wait', '180s'];
  const env = { ...plainEnvironment(), KIND_EXPERIMENTAL_DOCKER_NETWORK: names.network };
  await run('kind', args, { env, timeoutSeconds: 600 });
  return kubeconfig;
}

async function stopKind(): Promise<boolean> {
  if (!(await hasKind(process.env['PATH'] ?? ''))) return false;
  const wasThere = await isThere(names.node);
  if (wasThere) await run('kind', ['delete', 'cluster', '--name', names.cluster]);
  if (await isThere(names.registry)) await docker('rm', '--force', names.registry);
  if (await succeeds('docker', ['network', 'inspect', names.network])) await docker('network', 'rm', names.network);
  return wasThere;
}

async function isRunning(container: string): Promise<boolean> {
  const args = ['inspect', '--format', '{{.State.Running}}', container];
  return (await ended('docker', args))?.stdout.trim() === 'true';
}

function isThere(container: string): Promise<boolean> {
  return succeeds('docker', ['inspect', container]);
}

async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  return (await ended(program, args))?.exitCode === 0;
}

async function ended(program: string, args: readonly string[]) {
  if (!hasProgram(program, process.env['PATH'] ?? '')) return undefined;
  return runProgram(program, args, { cwd: '/', env: plainEnvironment() });
}

function docker(...args: string[]): Promise<string> {
  return run('docker', args);
}
