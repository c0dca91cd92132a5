import { InputError } from '@luban-ci/core';
import { z } from 'zod';
import { changeImage, entryNameOf } from './change-image.ts';
import type { EditOutcome } from './edit-outcome.ts';
import { type Files, type RepositoryFile, textFile, textOf } from './files.ts';
import { kustomizationIn, kustomizationPaths, parseKustomization, pathIn } from './kustomization.ts';
import { judge, repositoryIdentity } from './only-forward.ts';
import { Provenance } from './provenance.ts';
import {
  type DeploymentRecord,
  parseRecord,
  type RecordEntry,
  recordName,
  serialiseRecord,
  withEntry,
} from './record.ts';
import { RepositoryFolder } from './repository-path.ts';

const Tag = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/, 'expected an image tag');
const Digest = z.string().regex(/^[a-z0-9+._-]+:[a-fA-F0-9]{32,}$/, 'expected a digest such as sha256:…');
const ImageName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._\-:/]*$/, 'expected an image name without tag and digest');

/** Which version of the image. */
export const ImageVersion = z.union([
  z.strictObject({ tag: Tag, digest: Digest }),
  z.strictObject({ tag: Tag }),
  z.strictObject({ digest: Digest }),
]);
export type ImageVersion = z.infer<typeof ImageVersion>;

/** Sets one image in one overlay. With a provenance it keeps the record, and never goes back to an older build. */
export const KustomizeSetImage = z.object({
  kind: z.literal('kustomize-set-image'),
  version: z.literal(1),
  /** Folder of the kustomization; empty is the root. */
  folder: RepositoryFolder,
  /** The entry's `name`; where none has it, the entry whose `newName` it is. */
  image: ImageName,
  to: ImageVersion,
  newName: ImageName.optional(),
  /** With tag and digest given: write both, or only those lines the entry has. A new entry always gets both. */
  pin: z.enum(['always', 'as-listed']).default('always'),
  /** What to do where the image is not listed. */
  whenAbsent: z.enum(['append', 'skip', 'refuse']).default('append'),
  /** Keep a foreign `newName` on the first deployment too, where it would count as a placeholder. */
  keepAlias: z.boolean().default(false),
  provenance: Provenance.optional(),
  /** Some repositories do not want records; then neither "exactly once" nor "only forward" can be kept. */
  record: z.enum(['write', 'none']).default('write'),
  allowDowngrade: z.boolean().default(false),
});
export type KustomizeSetImage = z.infer<typeof KustomizeSetImage>;

/** Every path that applying it may look at. */
export function pathsOfKustomizeSetImage(edit: KustomizeSetImage): string[] {
  return [...kustomizationPaths(edit.folder), pathIn(edit.folder, recordName)];
}

/**
 * @throws InputError when the folder has no kustomization or the image is not listed and may not be added; StepError
 * when a file cannot be understood or edited safely
 */
export function applyKustomizeSetImage(edit: KustomizeSetImage, files: Files): EditOutcome {
  const path = kustomizationIn(files, edit.folder);
  const file = files.get(path) as RepositoryFile;
  const text = textOf(file, path);
  if (!mayList(text, edit.image) && edit.whenAbsent !== 'append') return absent(edit, path);
  const kustomization = parseKustomization(text, path);
  const kept = recordOf(edit, files, entryNameOf(kustomization.images, edit.image));
  const verdict = kept === undefined ? undefined : judge(kept.entry, kept.provenance, edit.allowDowngrade);
  if (verdict?.verdict === 'superseded') return { outcome: 'superseded', by: verdict.by, notes: [] };
  const after = changeImage(kustomization, edit, kept?.entry === undefined);
  if (after === undefined) return absent(edit, path);
  if (verdict?.verdict === 'same request') return sameRequest(after !== text, path);
  const changes = new Map(after === text ? [] : [[path, textFile(after, file.executable)]]);
  if (kept !== undefined && (after !== text || !isRecorded(kept.entry, edit, kept.provenance))) {
    const record = withEntry(kept.record, kept.name, entryFor(edit, kept, verdict?.downgrade === true));
    changes.set(kept.path, textFile(serialiseRecord(record), files.get(kept.path)?.executable));
  }
  return outcomeOf(changes, verdict?.notes ?? []);
}

interface Kept {
  path: string;
  /** The record calls an image as the file beside it does. */
  name: string;
  record: DeploymentRecord;
  entry: RecordEntry | undefined;
  provenance: Provenance;
}

function recordOf(edit: KustomizeSetImage, files: Files, name: string): Kept | undefined {
  if (edit.provenance === undefined || edit.record === 'none') return undefined;
  const path = pathIn(edit.folder, recordName);
  const file = files.get(path);
  const record = parseRecord(file === undefined ? undefined : textOf(file, path), path);
  return { path, name, record, entry: record.images[name], provenance: edit.provenance };
}

/** A name that is not among the bytes cannot be listed, unless an escape hides it. */
function mayList(text: string, image: string): boolean {
  return text.includes(image) || text.includes('\\');
}

function absent(edit: KustomizeSetImage, path: string): EditOutcome {
  const said = `${path} does not list the image ${edit.image}`;
  if (edit.whenAbsent === 'skip') return { outcome: 'unchanged', why: 'same content', notes: [said] };
  throw new InputError(said, [{ field: 'image', expected: `expected the name of an entry of images in ${path}` }]);
}

function sameRequest(changed: boolean, path: string): EditOutcome {
  const notes = changed ? [`${path} was changed by somebody after this request had landed; it is left as it is`] : [];
  return { outcome: 'unchanged', why: 'same request', notes };
}

function outcomeOf(changes: Map<string, RepositoryFile>, notes: string[]): EditOutcome {
  if (changes.size === 0) return { outcome: 'unchanged', why: 'same content', notes: [] };
  return { outcome: 'changed', changes, notes };
}

/** The same version of the same commit again is nothing new to write down, whoever asks for it. */
function isRecorded(entry: RecordEntry | undefined, edit: KustomizeSetImage, asked: Provenance): boolean {
  const version: { tag?: string; digest?: string } = edit.to;
  const repository = (url: string | undefined): string => (url === undefined ? '' : repositoryIdentity(url));
  return (
    entry !== undefined &&
    entry.tag === version.tag &&
    entry.digest === version.digest &&
    entry.sourceCommit === asked.sourceCommit &&
    repository(entry.sourceRepository) === repository(asked.sourceRepository)
  );
}

function entryFor(edit: KustomizeSetImage, kept: Kept, downgrade: boolean): RecordEntry {
  const order = downgrade ? kept.entry?.order : kept.provenance.order;
  const mark = downgrade ? ({ downgrade: 'true' } as const) : {};
  return { ...edit.to, ...kept.provenance, ...(order === undefined ? {} : { order }), ...mark };
}
