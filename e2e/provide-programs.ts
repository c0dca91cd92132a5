import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { InputError } from '@luban-ci/core';
import { hasProgram, sshServerProgram } from '@luban-ci/testing';
import { clusterCache } from './cache-folder.ts';
import { exists } from './cluster/exists.ts';
import { buildFlags, buildProgram, programFile } from './cluster/programs/build-program.ts';
import { programs } from './cluster/programs/programs.ts';
import { fewCollections } from './few-collections.ts';
import { providePython } from './provide-python.ts';
import { run } from './run.ts';
import { unpackDebianPackages } from './unpack-debian-packages.ts';

/** One thing that a test wants and npm cannot bring. */
interface Wanted {
  name: string;
  /** What brings it, and has to be on the machine. */
  bringer: string;
  isThere: (path: string) => boolean;
  bring: (place: Place) => Promise<unknown>;
}

interface Place {
  /** Absolute; kept from one run to the next, outside of the repository. */
  cache: string;
  /** Programs in it are found by the tests. */
  bin: string;
  /** The person's own: package managers are told there where their packages come from. */
  environment: Record<string, string>;
}

const versions = {
  act: 'v0.2.89',
  actionlint: 'v1.7.12',
  argo: 'v3.7.14',
  cookiecutter: '2.6.0',
  helm: 'v3.19.0',
};

/** The Python that the Dagster templates name. */
const pythonVersion = '3.13';

const wanted: Wanted[] = [
  program('cookiecutter', 'python3', bringCookiecutter),
  program('uv', 'python3', bringUv),
  program('kubectl', 'go', bringKustomize),
  program('helm', 'go', (place) => goInstall(`helm.sh/helm/v3/cmd/helm@${versions.helm}`, place)),
  program('actionlint', 'go', (place) =>
    goInstall(`github.com/rhysd/actionlint/cmd/actionlint@${versions.actionlint}`, place),
  ),
  program('lifecycle', 'go', (place) => bringClusterProgram('lifecycle', place)),
  program('launcher', 'go', (place) => bringClusterProgram('launcher', place)),
  program('act', 'go', (place) => goInstall(`github.com/nektos/act@${versions.act}`, place)),
  program('docker-registry', 'apt-get', bringDockerRegistry),
  program('rsync', 'apt-get', bringRsync),
  {
    name: 'sshd',
    bringer: 'apt-get',
    isThere: (path) => sshServerProgram(path) !== undefined,
    bring: bringSshServer,
  },
  {
    name: "Argo's own examples",
    bringer: 'go',
    isThere: () => false, // the module cache says so at once
    bring: (place) =>
      runHere('go', ['mod', 'download', `github.com/argoproj/argo-workflows/v3@${versions.argo}`], place),
  },
];

/**
 * Puts what is missing into the cache. Answers a PATH with it, and a sentence for each thing that cannot be brought here,
 * because what brings it is missing too.
 *
 * @param say prints a line
 * @throws StepError when bringing something failed
 */
export async function providePrograms(
  above: string,
  environment: Record<string, string>,
  say: (line: string) => void,
): Promise<{ path: string; missing: string[] }> {
  if (!isAbsolute(above)) throw new InputError(`the cache folder ${above} is not absolute`);
  const cache = join(above, Object.values(versions).join('-')); // another version is another cache
  const place = { cache, bin: join(cache, 'bin'), environment };
  const path = environment['PATH'] ?? '';
  await mkdir(place.bin, { recursive: true });
  const extended = `${place.bin}:${path}`;
  const missing: string[] = [];
  for (const each of wanted) {
    if (each.isThere(extended)) continue;
    if (hasProgram(each.bringer, path)) {
      say(`bringing ${each.name}`);
      await each.bring(place);
    } else missing.push(`${each.name} is missing, and so is ${each.bringer}, which it comes with.`);
  }
  if (!(await providePython(pythonVersion, { bin: place.bin, environment: { ...environment, PATH: extended } })))
    missing.push(`Python ${pythonVersion} is missing: neither this machine, nor uv, nor pyenv has it.`);
  return { path: extended, missing };
}

function program(name: string, bringer: string, bring: Wanted['bring']): Wanted {
  return { name, bringer, isThere: (path) => hasProgram(name, path), bring };
}

async function bringCookiecutter(place: Place): Promise<void> {
  const environment = join(place.cache, 'python');
  await runHere('python3', ['-m', 'venv', environment], place);
  await runHere(join(environment, 'bin/pip'), ['install', '--quiet', `cookiecutter==${versions.cookiecutter}`], place);
  await symlink(join(environment, 'bin/cookiecutter'), join(place.bin, 'cookiecutter'));
}

/** The release that the buildpack python-uv brings, from where the machine's pip has packages from. */
async function bringUv(place: Place): Promise<void> {
  const descriptor = await readFile(new URL('../buildpacks/python-uv/buildpack.toml', import.meta.url), 'utf8');
  const [, version = ''] = /^\[metadata\.uv\]\nversion = "([^"]+)"/m.exec(descriptor) ?? [];
  const environment = join(place.cache, `uv-${version}`);
  await runHere('python3', ['-m', 'venv', environment], place);
  await runHere(join(environment, 'bin/pip'), ['install', '--quiet', `uv==${version}`], place);
  await symlink(join(environment, 'bin/uv'), join(place.bin, 'uv'));
}

/** A program that the cluster's images are made of, too: built once for both. */
async function bringClusterProgram(name: string, { bin, environment }: Place): Promise<void> {
  const program = programs.find((each) => each.name === name);
  if (program === undefined) throw new InputError(`The cluster has no program ${name}`);
  const workshop = { cache: clusterCache(environment), environment };
  const file = await programFile(program, workshop);
  await mkdir(workshop.cache, { recursive: true });
  if (!(await exists(file))) await buildProgram(program, workshop);
  await rm(join(bin, name), { force: true }); // the cluster's folder may have been emptied since
  await symlink(file, join(bin, name));
}

/** The tests want `kubectl kustomize`, which is the same program as kustomize's `build`. */
async function bringKustomize(place: Place): Promise<void> {
  if (!hasProgram('kustomize')) await bringClusterProgram('kustomize', place);
  await writeFile(join(place.bin, 'kubectl'), '#!/bin/sh\nshift\nexec kustomize build "$@"\n', { mode: 0o755 });
}

async function bringDockerRegistry(place: Place): Promise<void> {
  const folder = await unpacked(place, ['docker-registry']);
  await rename(join(folder, 'usr/bin/docker-registry'), join(place.bin, 'docker-registry'));
}

/**
 * With the library that it is linked to, and its user: run by root, sshd insists on a user `sshd`, which only an
 * installation makes; nss_wrapper(1) shows it one.
 */
async function bringSshServer(place: Place): Promise<void> {
  const folder = await unpacked(place, ['openssh-server', 'libwrap0', 'libnss-wrapper']);
  const users = await readFile('/etc/passwd', 'utf8');
  await writeFile(join(folder, 'passwd'), `${users}sshd:x:65534:65534::/run/sshd:/usr/sbin/nologin\n`);
  const script = `${withLibrariesOf(folder)}
[ "$(id -u)" != 0 ] || export LD_PRELOAD=libnss_wrapper.so NSS_WRAPPER_PASSWD='${folder}/passwd' NSS_WRAPPER_GROUP=/etc/group
exec '${folder}/usr/sbin/sshd' "$@"
`;
  await writeFile(join(place.bin, 'sshd'), script, { mode: 0o755 });
}

/** gitlab-ci-local copies work trees with it. */
async function bringRsync(place: Place): Promise<void> {
  const folder = await unpacked(place, ['rsync', 'libpopt0', 'libxxhash0']);
  const script = `${withLibrariesOf(folder)}\nexec '${folder}/usr/bin/rsync' "$@"\n`;
  await writeFile(join(place.bin, 'rsync'), script, { mode: 0o755 });
}

/** The beginning of a script that starts what is linked to libraries of the same folder. */
function withLibrariesOf(folder: string): string {
  return `#!/bin/sh
for libraries in '${folder}'/usr/lib/*-linux-*; do export LD_LIBRARY_PATH="$libraries"; done`;
}

/** @returns where to */
async function unpacked(place: Place, packages: readonly [string, ...string[]]): Promise<string> {
  const folder = join(place.cache, 'debian', packages[0]);
  await unpackDebianPackages(packages, folder, place.environment);
  return folder;
}

/** As the cluster's plain programs are compiled: what both are made of, Go's own packages above all, is compiled once. */
async function goInstall(what: string, { environment, ...place }: Place): Promise<void> {
  const settings = { ...environment, ...fewCollections, CGO_ENABLED: '0' };
  await runHere('go', ['install', ...buildFlags({ plain: true }), what], { ...place, environment: settings });
}

async function runHere(name: string, args: readonly string[], place: Place): Promise<void> {
  const env = { ...place.environment, GOBIN: place.bin };
  await run(name, args, { cwd: place.cache, env, timeoutSeconds: 900 });
}
