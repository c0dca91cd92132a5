import { lstat, readFile, realpath, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type InputsOf, type OutputsOf, StepError, type StepResult } from '@luban-ci/core';
import {
  applyEdits,
  type EditInput,
  type Files,
  kustomizationIn,
  kustomizationPaths,
  parseEdit,
  type RepositoryFile,
  unifiedDiff,
} from '@luban-ci/edits';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { imageVersion } from '../image-version.ts';
import { insideWorkspace } from '../inside-workspace.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;

export async function run(inputs: Inputs, ctx: ContextOf<typeof step>): Promise<StepResult<OutputsOf<typeof step>>> {
  const folder = relative(ctx.workspace, insideWorkspace(ctx.workspace, inputs.path));
  const files = await readKustomizations(ctx.workspace, folder);
  const file = kustomizationIn(files, folder);
  const { changes } = applyEdits([parseEdit(editFor(inputs, folder))], files);
  const changed = changes.get(file);
  if (changed !== undefined && !ctx.dryRun) await writeFile(join(ctx.workspace, file), changed.bytes);
  const { image, imageTag, digest } = inputs;
  const version = [imageTag, digest].filter(Boolean).join(' ');
  const verb = changed === undefined ? 'is at' : ctx.dryRun ? 'would be set to' : 'is set to';
  return {
    changed: changed !== undefined && !ctx.dryRun,
    outputs: { file, image, imageTag, digest },
    summary: `${image} ${verb} ${version} in ${file}`,
    diff: unifiedDiff(files, changes),
  };
}

function editFor(inputs: Inputs, folder: string): EditInput {
  return {
    kind: 'kustomize-set-image',
    version: 1,
    folder,
    image: inputs.image,
    to: imageVersion(inputs),
    ...(inputs.newName === undefined ? {} : { newName: inputs.newName }),
  };
}

async function readKustomizations(workspace: string, folder: string): Promise<Files> {
  const found = await Promise.all(
    kustomizationPaths(folder).map(async (path) => [path, await readOwnFile(workspace, path)] as const),
  );
  return new Map(found.flatMap(([path, file]) => (file === undefined ? [] : [[path, file] as const])));
}

/** @throws StepError for what a symbolic link makes of a path: it could lead anywhere, and be written to */
async function readOwnFile(workspace: string, path: string): Promise<RepositoryFile | undefined> {
  const place = join(workspace, path);
  const state = await lstat(place).catch(() => undefined);
  if (state === undefined) return undefined;
  if (state.isFile() && (await realpath(place)) === join(await realpath(workspace), path))
    return { bytes: await readFile(place), executable: (state.mode & 0o100) !== 0 };
  throw new StepError(`${path} is reached by a symbolic link or is no file, so it is not written to`, {
    hint: 'Name the folder that really holds the kustomization.',
  });
}
