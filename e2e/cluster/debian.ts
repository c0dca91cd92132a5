import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../run.ts';
import { unpackDebianPackages } from '../unpack-debian-packages.ts';
import { exists } from './exists.ts';
import type { Workshop } from './programs/build-program.ts';
import { recipeDigest } from './recipe-digest.ts';

const suite = 'trixie';

/** What a node runs beside the compiled programs, and what builds its images. */
const nodePackages = [
  'buildah',
  'busybox-static',
  'ca-certificates',
  'conntrack',
  'containerd',
  'containernetworking-plugins',
  'docker-registry',
  'ethtool',
  'iproute2',
  'ipset',
  'iptables',
  'kmod',
  'netavark', // buildah wants it there, even for the machine's own network
  'openssl',
  'procps',
  'runc',
  'socat',
  'tini',
];

const basePackages = ['ca-certificates'];

/** The folder that a node has for its root, only read. */
export function nodeDebian({ cache }: Workshop): string {
  return join(cache, 'debian', `node-${named(nodePackages)}`);
}

/** The archive that the images begin with. */
export function baseArchive({ cache }: Workshop): string {
  return join(cache, 'debian', `base-${named(basePackages)}.tar`);
}

export async function makeNodeDebian(workshop: Workshop): Promise<void> {
  const folder = nodeDebian(workshop);
  await rm(`${folder}.part`, { recursive: true, force: true });
  await debootstrap(nodePackages, `${folder}.part`, workshop);
  await rename(`${folder}.part`, folder);
}

export async function makeBaseArchive(workshop: Workshop): Promise<void> {
  const archive = baseArchive(workshop);
  const part = archive.replace('.tar', '.part.tar'); // the ending tells which form is wanted
  await debootstrap(basePackages, part, workshop);
  await rename(part, archive);
}

function named(packages: readonly string[]): string {
  return `${suite}-${recipeDigest([packages.join()])}`;
}

/** From the mirror that the machine itself uses, where it is a Debian, checked against Debian's keys. */
async function debootstrap(packages: readonly string[], target: string, workshop: Workshop): Promise<void> {
  const program = join(workshop.cache, 'debian', 'mmdebstrap', 'usr/bin/mmdebstrap');
  if (!(await exists(program))) {
    await unpackDebianPackages(['mmdebstrap'], dirname(dirname(dirname(program))), workshop.environment);
  }
  await mkdir(dirname(target), { recursive: true });
  const what = ['--variant=minbase', '--mode=root', `--include=${packages.join(',')}`, suite, target];
  await run(program, what, { env: workshop.environment, timeoutSeconds: 1800 });
}
