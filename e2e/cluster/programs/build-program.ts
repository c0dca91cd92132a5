import { copyFile, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StepError } from '@luban-ci/core';
import { runProgram } from '@luban-ci/process';
import { z } from 'zod';
import { fewCollections } from '../../few-collections.ts';
import { exists } from '../exists.ts';
import { recipeDigest } from '../recipe-digest.ts';
import type { GoProgram, OwnModule, PublishedModule } from './programs.ts';

/** Where programs are built, and kept from one run to the next. */
export interface Workshop {
  /** Absolute; outside of the repository. */
  cache: string;
  /** The person's own: Go is told there where modules come from. */
  environment: Readonly<Record<string, string>>;
}

const here = dirname(fileURLToPath(import.meta.url));

/**
 * @returns the program's file: its name has a digest of all that it is made from, so that another version is another file
 */
export async function programFile(program: GoProgram, workshop: Workshop): Promise<string> {
  const recipe = JSON.stringify({ ...program, seconds: undefined, after: undefined, sums: await ownSums(program) });
  return join(workshop.cache, 'programs', `${program.name}-${recipeDigest([recipe])}`, program.name);
}

/**
 * Compiles a program into its file.
 *
 * @throws StepError with what the compiler said
 */
export async function buildProgram(program: GoProgram, workshop: Workshop): Promise<void> {
  const file = await programFile(program, workshop);
  const folder =
    'folder' in program.source ? join(here, program.source.folder) : await sourceOf(program.source, workshop);
  await mkdir(dirname(file), { recursive: true });
  await go(['build', ...buildFlags(program), '-o', `${file}.part`, program.package], folder, workshop, {
    CGO_ENABLED: program.cgo === true ? '1' : '0',
    CGO_CFLAGS: '-O1 -g0', // SQLite compiles in less than half the time
  });
  await rename(`${file}.part`, file); // half a program is never found there
}

/** Of what is compiled with the same flags, packages that are the same are compiled once. */
export function buildFlags({ plain, variables, tags }: Pick<GoProgram, 'plain' | 'variables' | 'tags'>): string[] {
  const assigned = Object.entries(variables ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  return [
    '-trimpath',
    // Without what debuggers read, a tenth of the work; plain: neither optimized nor inlined.
    `-gcflags=all=-dwarf=false${plain === true ? ' -N -l' : ''}`,
    '-ldflags',
    ['-s', '-w', ...assigned].join(' '),
    '-tags',
    (tags ?? []).join(','),
  ];
}

/** The published module, unpacked where it may be written to, with what it lacks. */
async function sourceOf(source: PublishedModule, workshop: Workshop): Promise<string> {
  const folder = join(workshop.cache, 'source', `${source.module.replaceAll('/', '_')}@${source.version}`);
  if (await exists(join(folder, 'go.mod'))) return folder;
  const published = await moduleFolder(source.module, source.version, workshop);
  await rm(`${folder}.part`, { recursive: true, force: true });
  await cp(published, `${folder}.part`, { recursive: true });
  for (const [path, origin] of Object.entries(source.missing ?? {})) {
    const file = join(`${folder}.part`, path);
    await mkdir(dirname(file), { recursive: true });
    if ('content' in origin) await writeFile(file, origin.content);
    else await copyFile(join(published, origin.sameAs), file);
  }
  await rename(`${folder}.part`, folder);
  return folder;
}

const downloaded = z.object({ Dir: z.string() });

/**
 * Brings a published module, checked against Go's checksum database.
 *
 * @returns the folder with its files, which may only be read
 */
export async function moduleFolder(module: string, version: string, workshop: Workshop): Promise<string> {
  const said = await go(['mod', 'download', '-json', `${module}@${version}`], workshop.cache, workshop);
  return downloaded.parse(JSON.parse(said)).Dir;
}

async function ownSums({ source }: GoProgram): Promise<string[]> {
  if (!isOwn(source)) return [];
  return Promise.all(['go.mod', 'go.sum', 'main.go'].map((name) => readFile(join(here, source.folder, name), 'utf8')));
}

function isOwn(source: GoProgram['source']): source is OwnModule {
  return 'folder' in source;
}

async function go(
  args: readonly string[],
  cwd: string,
  workshop: Workshop,
  settings: Record<string, string> = {},
): Promise<string> {
  const env = {
    ...workshop.environment,
    ...fewCollections,
    GOTOOLCHAIN: 'local',
    GOFLAGS: '-mod=readonly -buildvcs=false',
    ...settings,
  };
  const { exitCode, stdout, stderr } = await runProgram('go', args, { cwd, env, timeoutSeconds: 3600 });
  if (exitCode === 0) return stdout;
  throw new StepError(`go ${args[0]} failed in ${cwd}: ${stderr.trim().split('\n').slice(-5).join('\n')}`);
}
