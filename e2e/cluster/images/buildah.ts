import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { messageOf } from '@luban-ci/core';
import { plainEnvironment } from '@luban-ci/process';
import { run } from '../../run.ts';
import { until } from '../until.ts';

/** One image for `buildah`: a folder with all it takes, and the name it gets. */
export interface BuildahJob {
  name: string;
  context: string;
  dockerfile: string;
  /** An image that takes the place of the one that the Dockerfile names. */
  from?: string;
  /** Values of its build arguments. */
  values?: Readonly<Record<string, string>>;
  /** Written when the image is in the registry. */
  marker: string;
}

/** What is built, where layers are kept, and what the registry keeps. */
export interface BuildahPlan {
  storage: string;
  registry: string;
  jobs: readonly BuildahJob[];
}

/**
 * Builds images, and pushes them into a registry that runs as long as that takes. This file is run in the node's Debian,
 * where buildah and the registry are:
 *
 *   buildah.ts <file with a BuildahPlan as JSON>
 */
const plan: BuildahPlan = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8'));
const address = '127.0.0.1:15000';
const registry = await startRegistry();
try {
  for (const job of plan.jobs) await build(job);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
} finally {
  registry.kill();
}

async function build(job: BuildahJob): Promise<void> {
  const from = job.from === undefined ? [] : ['--from', job.from];
  const values = Object.entries(job.values ?? {}).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  // A machine without the right to raise limits keeps to low ones.
  const limits = ['--ulimit', 'nofile=4096:4096', '--ulimit', 'nproc=4096:4096'];
  const isolation = ['--isolation', 'chroot', '--network', 'host', '--layers', '--pull=never', ...limits];
  await buildah('build', ...isolation, ...from, ...values, '--file', job.dockerfile, '--tag', job.name, job.context);
  await buildah('push', '--tls-verify=false', job.name, `docker://${address}/${pathOf(job.name)}`);
  await writeFile(job.marker, '');
}

function buildah(command: string, ...args: string[]): Promise<string> {
  const storage = ['--root', plan.storage, '--runroot', '/run/buildah', '--storage-driver', 'overlay'];
  return run('buildah', [...storage, command, ...args], { timeoutSeconds: 1200 });
}

async function startRegistry() {
  const config = {
    version: '0.1',
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: plan.registry } },
    http: { addr: address, secret: 'loopback alone' },
  };
  await writeFile('/tmp/registry.json', JSON.stringify(config));
  const started = spawn('docker-registry', ['serve', '/tmp/registry.json'], {
    env: plainEnvironment(),
    stdio: 'inherit',
  });
  await until('The registry answers', 20, () => fetch(`http://${address}/v2/`));
  return started;
}

/** Nodes ask their own registry for every name, with the path as it is. */
function pathOf(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
