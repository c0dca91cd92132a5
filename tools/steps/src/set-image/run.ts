import { relative, sep } from 'node:path';
import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import { type AppliedEdits, applyEdits, describeEntry, parseEdit, unifiedDiff } from '@luban-ci/edits';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { imageVersion } from '../image-version.ts';
import { insideWorkspace } from '../inside-workspace.ts';
import { runProvenance } from '../provenance.ts';
import { readFilesBelow, writeChanges } from '../workspace-files.ts';
import { editsFor } from './edits-for.ts';
import { findPlaces, isSearched } from './find-places.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;

export async function run(inputs: Inputs, ctx: ContextOf<typeof step>): Promise<StepResult<OutputsOf<typeof step>>> {
  const to = imageVersion(inputs);
  const folder = relative(ctx.workspace, insideWorkspace(ctx.workspace, inputs.path)).split(sep).join('/');
  const files = await readFilesBelow(ctx.workspace, folder, isSearched);
  const found = await findPlaces({ files, folder, ...inputs }, () => readFilesBelow(ctx.workspace, '', isSearched));
  const edits = editsFor(found, { ...inputs, to, folder, provenance: provenanceFor(inputs, ctx) }).map(parseEdit);
  const applied = applyEdits(edits, files);
  for (const note of [...found.notes, ...notesOf(applied)]) ctx.log.info(note);
  if (!ctx.dryRun) await writeChanges(ctx.workspace, applied.changes);
  return {
    changed: applied.changes.size > 0 && !ctx.dryRun,
    outputs: outputsFor(inputs, found, applied),
    summary: summaryOf(inputs, found, applied, ctx.dryRun),
    diff: unifiedDiff(files, applied.changes),
  };
}

/** Without an order key every run is a request of its own. */
function provenanceFor(inputs: Inputs, ctx: ContextOf<typeof step>) {
  const { imageTag = '', digest = '', revision, repoUrl, orderKey } = inputs;
  const at = ctx.clock.now().toISOString();
  return {
    key: ['set', inputs.path, imageTag, digest, revision ?? '', orderKey ?? at].join(' '),
    at,
    ...(orderKey === undefined ? {} : { order: orderKey }),
    ...(repoUrl === undefined ? {} : { sourceRepository: repoUrl }),
    ...(revision === undefined ? {} : { sourceCommit: revision }),
    ...runProvenance(ctx.run),
  };
}

function notesOf({ outcomes }: AppliedEdits): string[] {
  return [...new Set(outcomes.flatMap(({ notes }) => notes))];
}

function outputsFor(inputs: Inputs, found: Found, { outcomes }: AppliedEdits): OutputsOf<typeof step> {
  const { image, imageTag, digest } = inputs;
  const newer = outcomes.find((each) => each.outcome === 'superseded');
  return {
    files: found.files,
    places: found.places.map(placeText),
    image,
    imageTag,
    digest,
    superseded: newer !== undefined,
    supersededBy: newer === undefined ? undefined : describeEntry(newer.by),
  };
}

/** `file.yaml: path (layout)`; in a file of several documents, which of them, counted from 1. */
function placeText({ file, document, at, layout }: Found['places'][number]): string {
  return `${file}${document === 0 ? '' : `, document ${document + 1}`}: ${at} (${layout})`;
}

type Found = Awaited<ReturnType<typeof findPlaces>>;

function summaryOf({ image, imageTag, digest }: Inputs, found: Found, applied: AppliedEdits, dryRun: boolean): string {
  const version = [imageTag, digest].filter(Boolean).join(' ');
  const newer = applied.outcomes.find((each) => each.outcome === 'superseded');
  if (newer !== undefined) return `${image} ${version} is superseded by ${describeEntry(newer.by)}`;
  const verb = applied.changes.size === 0 ? 'is at' : dryRun ? 'would be set to' : 'is set to';
  return `${image} ${verb} ${version} in ${found.files.join(', ')}`;
}
