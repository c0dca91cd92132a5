import { type BadField, InputError } from '@luban-ci/core';
import type { z } from 'zod';
import { type ArgocdSetRevision, argocdSetRevision } from './argocd-set-revision.ts';
import { type DagsterSetLocation, dagsterSetLocation } from './dagster-set-location.ts';
import type { EditKind } from './edit-kind.ts';
import type { EditOutcome } from './edit-outcome.ts';
import type { Files } from './files.ts';
import { type FluxSetImage, fluxSetImage } from './flux-set-image.ts';
import { type HelmSetImage, helmSetImage } from './helm-set-image.ts';
import { type KustomizeSetImage, kustomizeSetImage } from './kustomize-set-image.ts';
import { Recording } from './recording.ts';
import { type SetImage, setImage } from './set-image.ts';
import { type SetImages, setImages } from './set-images.ts';
import { type SetUpFiles, setUpFiles } from './set-up-files.ts';
import { type SetValue, setValue } from './set-value.ts';
import { type WriteFile, writeFile } from './write-file.ts';

/** What each kind of edit looks like once it is checked. */
interface EditByKind {
  'argocd-set-revision': ArgocdSetRevision;
  'dagster-set-location': DagsterSetLocation;
  'flux-set-image': FluxSetImage;
  'helm-set-image': HelmSetImage;
  'kustomize-set-image': KustomizeSetImage;
  'set-image': SetImage;
  'set-images': SetImages;
  'set-up-files': SetUpFiles;
  'set-value': SetValue;
  'write-file': WriteFile;
}
type KindName = keyof EditByKind;

const editKinds: { [Name in KindName]: EditKind<EditByKind[Name]> } = {
  'argocd-set-revision': argocdSetRevision,
  'dagster-set-location': dagsterSetLocation,
  'flux-set-image': fluxSetImage,
  'helm-set-image': helmSetImage,
  'kustomize-set-image': kustomizeSetImage,
  'set-image': setImage,
  'set-images': setImages,
  'set-up-files': setUpFiles,
  'set-value': setValue,
  'write-file': writeFile,
};

/** A change of a repository as data: it can be sent, stored and applied again to a newer tip. */
export type Edit<Name extends KindName = KindName> = { [Each in Name]: { kind: Each } & EditByKind[Each] }[Name];

/** An edit as callers write it, with defaults left out. */
export type EditInput =
  | (InputOf<typeof KustomizeSetImage | typeof SetImage | typeof HelmSetImage | typeof FluxSetImage> &
      Partial<InputOf<typeof Recording>>)
  | InputOf<
      | typeof ArgocdSetRevision
      | typeof DagsterSetLocation
      | typeof SetImages
      | typeof SetUpFiles
      | typeof SetValue
      | typeof WriteFile
    >;

type InputOf<Schema extends () => z.ZodType> = z.input<ReturnType<Schema>>;

/**
 * Checks an edit that a caller or a file gives.
 *
 * @throws InputError listing every bad field
 */
export function parseEdit(edit: unknown): Edit {
  const kind = kindNameOf(edit);
  if (kind === undefined) {
    const known = Object.keys(editKinds).join(', ');
    throw new InputError('this edit cannot be used', [{ field: 'kind', expected: `expected one of ${known}` }]);
  }
  const checked = editKinds[kind].schema().safeParse(edit);
  const recording = isRecording(edit, editKinds[kind]) ? Recording().safeParse(edit) : undefined;
  if (!checked.success || recording?.success === false) {
    throw new InputError('this edit cannot be used', [...badFields(checked.error), ...badFields(recording?.error)], {
      cause: checked.error ?? recording?.error,
    });
  }
  return { ...checked.data, ...recording?.data };
}

/** The paths an edit has to be given, those that do not exist included. */
export function pathsOf<Name extends KindName>(edit: Edit<Name>): string[] {
  return editKinds[edit.kind].pathsOf(edit);
}

/** Applies an edit to the files of a tip: pure, and applying it to its own result changes nothing. */
export function applyEdit<Name extends KindName>(edit: Edit<Name>, files: Files): EditOutcome {
  return editKinds[edit.kind].apply(edit, files);
}

/** The images that an edit sets, as people write them: `registry/team/app:1.0@sha256:…`. */
export function imagesOf<Name extends KindName>(edit: Edit<Name>): string[] {
  return editKinds[edit.kind].imagesOf(edit);
}

function kindNameOf(edit: unknown): KindName | undefined {
  const kind = edit !== null && typeof edit === 'object' && 'kind' in edit ? edit.kind : undefined;
  return typeof kind === 'string' && isKindName(kind) ? kind : undefined;
}

function isKindName(kind: string): kind is KindName {
  return Object.hasOwn(editKinds, kind);
}

function isRecording(edit: unknown, { isRecorded }: { isRecorded: boolean }): boolean {
  const fields = ['provenance', 'record', 'allowDowngrade'];
  return isRecorded && edit !== null && typeof edit === 'object' && fields.some((field) => field in edit);
}

function badFields(error: z.ZodError | undefined): BadField[] {
  return (error?.issues ?? []).map(({ path, message }) => ({ field: path.join('.'), expected: message }));
}
