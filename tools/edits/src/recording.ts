import { z } from 'zod';
import type { EditOutcome } from './edit-outcome.ts';
import { type Files, type RepositoryFile, textFile, textOf } from './files.ts';
import type { ImageVersion, VersionParts } from './image-version.ts';
import { lazySchema } from './lazy-schema.ts';
import { judge, repositoryIdentity } from './only-forward.ts';
import { Provenance } from './provenance.ts';
import { type DeploymentRecord, parseRecord, type RecordEntry, serialiseRecord, withEntry } from './record.ts';

/**
 * What an edit that sets an image may say besides. A schema of its own, so that an edit which says nothing of it does
 * not pay for it.
 */
export const Recording = lazySchema(() =>
  z.object({
    provenance: Provenance().optional(),
    /**
     * Some repositories do not want records; then neither "exactly once" nor "only forward" can be kept. `where-kept`
     * keeps those that are there and starts none.
     */
    record: z.enum(['write', 'where-kept', 'none']).default('write'),
    allowDowngrade: z.boolean().default(false),
  }),
);
export type Recording = Partial<z.infer<ReturnType<typeof Recording>>>;

/** Which image of which record an edit is about. */
export interface Recorded {
  /** Path of the record. */
  path: string;
  /** The record calls an image as the file beside it does. */
  name: string;
  to: ImageVersion;
}

/** What an edit makes of the files that it is about; `firstDeployment` says that the record does not know the image. */
export type ChangeFiles = (firstDeployment: boolean) => { changes: Map<string, RepositoryFile>; notes: string[] };

/**
 * Makes a change if the record allows it, and keeps the record.
 *
 * @throws StepError when the record cannot be understood
 */
export function changeRecorded(files: Files, about: Recorded, asked: Recording, change: ChangeFiles): EditOutcome {
  const kept = keptFor(files, about, asked);
  const verdict = kept === undefined ? undefined : judge(kept.entry, kept.provenance, asked.allowDowngrade ?? false);
  if (verdict?.verdict === 'superseded') return { outcome: 'superseded', by: verdict.by, notes: [] };
  const { changes, notes } = change(kept?.entry === undefined);
  if (verdict?.verdict === 'same request') return sameRequest([...changes.keys()]);
  if (kept !== undefined && (changes.size > 0 || !isRecorded(kept.entry, about.to, kept.provenance))) {
    const record = withEntry(kept.record, about.name, entryFor(about.to, kept, verdict?.downgrade === true));
    changes.set(about.path, textFile(serialiseRecord(record), files.get(about.path)?.executable));
  }
  if (changes.size === 0) return { outcome: 'unchanged', why: 'same content', notes };
  return { outcome: 'changed', changes, notes: [...notes, ...(verdict?.notes ?? [])] };
}

interface Kept {
  record: DeploymentRecord;
  entry: RecordEntry | undefined;
  provenance: Provenance;
}

function keptFor(files: Files, { path, name }: Recorded, { provenance, record }: Recording): Kept | undefined {
  if (provenance === undefined || record === 'none') return undefined;
  const file = files.get(path);
  if (file === undefined && record === 'where-kept') return undefined;
  const found = parseRecord(file === undefined ? undefined : textOf(file, path), path);
  return { record: found, entry: found.images[name], provenance };
}

function sameRequest(changed: readonly string[]): EditOutcome {
  const notes = changed.map(
    (path) => `${path} was changed by somebody after this request had landed; it is left as it is`,
  );
  return { outcome: 'unchanged', why: 'same request', notes };
}

/** The same version of the same commit again is nothing new to write down, whoever asks for it. */
function isRecorded(entry: RecordEntry | undefined, version: VersionParts, asked: Provenance): boolean {
  const repository = (url: string | undefined): string => (url === undefined ? '' : repositoryIdentity(url));
  return (
    entry !== undefined &&
    entry.tag === version.tag &&
    entry.digest === version.digest &&
    entry.sourceCommit === asked.sourceCommit &&
    repository(entry.sourceRepository) === repository(asked.sourceRepository)
  );
}

function entryFor(to: ImageVersion, kept: Kept, downgrade: boolean): RecordEntry {
  const order = downgrade ? kept.entry?.order : kept.provenance.order;
  const mark = downgrade ? ({ downgrade: 'true' } as const) : {};
  return { ...to, ...kept.provenance, ...(order === undefined ? {} : { order }), ...mark };
}
