import { chmod, copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBundle, bundles } from '@luban-ci/bundle';
import { StepError } from '@luban-ci/core';
import { runProgram } from '@luban-ci/process';
import { z } from 'zod';

/** Where a buildpack's files are made. */
export interface BuildpackFolder {
  root: string;
  /** `amd64` or `arm64`. */
  architecture: string;
  /** The person's own: npm is told there where packages come from. */
  environment: Readonly<Record<string, string>>;
}

/** The buildpack as it ships: what is in `buildpacks/python-uv`, the bundled program, and the Node that runs it. */
export async function makeBuildpackFolder(target: string, making: BuildpackFolder): Promise<void> {
  const source = join(making.root, 'buildpacks/python-uv');
  await mkdir(join(target, 'lib'), { recursive: true });
  await mkdir(join(target, 'node/bin'), { recursive: true });
  await cp(join(source, 'bin'), join(target, 'bin'), { recursive: true });
  for (const name of ['buildpack.toml', 'README.md']) await copyFile(join(source, name), join(target, name));
  await copyFile(join(making.root, 'LICENSE'), join(target, 'LICENSE'));
  const programs = await buildBundle(making.root, bundles.buildpack);
  for (const [name, text] of Object.entries(programs)) await writeFile(join(target, 'lib', name), text);
  await bringNode(join(target, 'node'), making);
}

const Manifest = z.object({ devDependencies: z.object({ node: z.string() }) });
const Packed = z.array(z.object({ filename: z.string() })).min(1);

/** The Node that package.json pins: this machine's own, where it is that one, else npm's package for the other machine. */
async function bringNode(target: string, { root, architecture, environment }: BuildpackFolder): Promise<void> {
  const manifest = Manifest.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  const version = manifest.devDependencies.node;
  const arch = architecture === 'amd64' ? 'x64' : architecture;
  const program = join(target, 'bin/node');
  const isThisOne = process.platform === 'linux' && process.arch === arch && process.version === `v${version}`;
  if (isThisOne) await copyFile(process.execPath, program);
  else await fetchNode(`node-linux-${arch}@${version}`, program, environment);
  await chmod(program, 0o755);
}

async function fetchNode(what: string, program: string, env: Readonly<Record<string, string>>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'luban-node-'));
  try {
    const packed = Packed.parse(JSON.parse(await outputOf('npm', ['pack', '--json', '--silent', what], folder, env)));
    await outputOf('tar', ['-xzf', packed[0]?.filename ?? '', 'package/bin/node'], folder, env);
    await copyFile(join(folder, 'package/bin/node'), program);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function outputOf(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const { exitCode, stdout, stderr } = await runProgram(program, args, { cwd, env, timeoutSeconds: 600 });
  if (exitCode === 0) return stdout;
  throw new StepError(`${program} ${args[0]} failed: ${stderr.trim().split('\n').slice(-3).join('\n')}`);
}
