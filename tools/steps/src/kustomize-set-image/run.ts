import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, type InputsOf, type OutputsOf, type StepResult } from '@luban-ci/core';
import { applyEdits, type EditInput, type Files, kustomizationNames, parseEdit, unifiedDiff } from '@luban-ci/edits';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { imageVersion } from '../image-version.ts';
import { insideWorkspace } from '../inside-workspace.ts';
import type { step } from './step.ts';

export async function run(
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<StepResult<OutputsOf<typeof step>>> {
  const folder = insideWorkspace(ctx.workspace, inputs.path);
  const { file, files } = await readKustomization(folder, inputs.path);
  const { changes } = applyEdits([parseEdit(editFor(inputs))], files);
  const changed = changes.get(file);
  if (changed !== undefined && !ctx.dryRun) await writeFile(join(folder, file), changed.bytes);
  const version = [inputs.imageTag, inputs.digest].filter(Boolean).join(' ');
  return {
    changed: changed !== undefined && !ctx.dryRun,
    outputs: { file: join(inputs.path, file), image: inputs.image, imageTag: inputs.imageTag, digest: inputs.digest },
    summary:
      changed === undefined
        ? `${inputs.image} is at ${version} already`
        : `${inputs.image} is set to ${version} in ${join(inputs.path, file)}`,
    diff: unifiedDiff(files, changes),
  };
}

function editFor(inputs: InputsOf<typeof step>): EditInput {
  return {
    kind: 'kustomize-set-image',
    version: 1,
    folder: '',
    image: inputs.image,
    to: imageVersion(inputs),
    ...(inputs.newName === undefined ? {} : { newName: inputs.newName }),
  };
}

async function readKustomization(folder: string, path: string): Promise<{ file: string; files: Files }> {
  const found = await Promise.all(
    kustomizationNames.map(async (name) => ({
      name,
      bytes: await readFile(join(folder, name)).catch(() => undefined),
    })),
  );
  const present = found.flatMap(({ name, bytes }) => (bytes === undefined ? [] : [{ name, bytes }]));
  const [first] = present;
  if (first === undefined)
    throw new InputError(`${path} has no kustomization`, [
      { field: 'path', expected: 'expected the folder of a kustomization.yaml' },
    ]);
  return { file: first.name, files: new Map(present.map(({ name, bytes }) => [name, { bytes, executable: false }])) };
}
