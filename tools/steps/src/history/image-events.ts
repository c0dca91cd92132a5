import {
  type KustomizeImage,
  kustomizationPaths,
  parseRecord,
  type RecordEntry,
  readImages,
  recordName,
} from '@luban-ci/edits';
import type { FilesHistory, FilesVersion } from '@luban-ci/git';
import { isAbout } from '../environments/deployments.ts';
import { inFolder } from '../environments/paths.ts';
import { shownText, shownValues } from '../environments/shown-text.ts';

/** `set up`: it was listed with a placeholder. `by hand`: nothing was recorded with it. */
export type EventKind = 'deployed' | 'promoted' | 'rolled back' | 'by hand' | 'removed' | 'set up';

/** Something that happened to an image of an environment. */
export interface ImageEvent {
  event: EventKind;
  commit: string;
  /** When it came to the branch. */
  at: string;
  /** `Ada <ada@example.com>` */
  author: string;
  image: string;
  tag?: string;
  digest?: string;
  /** Tag, else digest, of what was there before. */
  replaced?: string;
  sourceRepository?: string;
  sourceCommit?: string;
  requestedBy?: string;
  run?: string;
  promotedFrom?: string;
}

/** What a folder said at one commit. */
interface FolderState {
  version: FilesVersion;
  images: ReadonlyMap<string, KustomizeImage>;
  record: Readonly<Record<string, RecordEntry>>;
}

/**
 * What happened between each version of a folder and the one before it, newest first. Versions that nobody can read are
 * passed over: what they changed shows in the next one that can be read.
 */
export function imageEvents({ versions, more }: FilesHistory, folder: string): ImageEvent[] {
  const states = versions.flatMap((version) => stateOf(version, folder) ?? []);
  return states.flatMap((after, at) => {
    const before = states[at + 1];
    // What came before the oldest one is not known where the history goes on.
    if (before === undefined && more) return [];
    return namesOf(before, after).flatMap((name) => eventOf(name, before, after) ?? []);
  });
}

function stateOf(version: FilesVersion, folder: string): FolderState | undefined {
  const recordPath = inFolder(folder, recordName);
  const path = kustomizationPaths(folder).find((each) => version.texts.has(each));
  try {
    const listed = path === undefined ? [] : readImages(version.texts.get(path) ?? '', path);
    const record = parseRecord(version.texts.get(recordPath), recordPath).images;
    return { version, images: new Map(listed.map((each) => [each.name, each])), record };
  } catch {
    return undefined;
  }
}

function namesOf(before: FolderState | undefined, after: FolderState): string[] {
  const names = [...after.images.keys(), ...(before?.images.keys() ?? []), ...Object.keys(after.record)];
  return [...new Set(names)].sort();
}

function eventOf(name: string, before: FolderState | undefined, after: FolderState): ImageEvent | undefined {
  const [was, is] = [before?.images.get(name), after.images.get(name)];
  const [entryBefore, entry] = [before?.record[name], after.record[name]];
  const isNewEntry = entry !== undefined && entry.key !== entryBefore?.key;
  // Where the kustomization never listed it, another file of the folder carries it, and the record alone tells.
  const isElsewhere = was === undefined && is === undefined;
  const isRecorded = isNewEntry && (isElsewhere || (is !== undefined && isAbout(entry, is)));
  if (JSON.stringify(was) === JSON.stringify(is) && !isRecorded) return undefined;
  const recorded = isRecorded ? entry : undefined;
  const known = recorded ?? fromTrailers(after.version);
  const { version } = after;
  return {
    event: is === undefined && !isElsewhere ? 'removed' : kindOf(known, was === undefined && is?.newName !== undefined),
    commit: version.commit,
    at: version.date.toISOString(),
    author: shownText(`${version.author.name} <${version.author.email}>`),
    image: shownText(is?.newName ?? name),
    ...shownValues({
      tag: is?.newTag ?? (isElsewhere ? recorded?.tag : undefined),
      digest: is?.digest ?? recorded?.digest,
      replaced: was?.newTag ?? was?.digest ?? (isElsewhere ? (entryBefore?.tag ?? entryBefore?.digest) : undefined),
      ...{ sourceRepository: known?.sourceRepository, sourceCommit: known?.sourceCommit },
      ...{ requestedBy: known?.requestedBy, run: known?.run, promotedFrom: known?.promotedFrom },
    }),
  };
}

type Known = Partial<
  Pick<RecordEntry, 'sourceRepository' | 'sourceCommit' | 'requestedBy' | 'run' | 'promotedFrom' | 'key'>
>;

function kindOf(known: Known | undefined, isPlaceholder: boolean): EventKind {
  if (known?.key?.startsWith('rollback ')) return 'rolled back';
  if (known !== undefined) return known.promotedFrom === undefined ? 'deployed' : 'promoted';
  return isPlaceholder ? 'set up' : 'by hand';
}

/** Where no record is kept, the trailers of a landing say the same. */
function fromTrailers({ trailers }: FilesVersion): Known | undefined {
  const said = new Map(trailers.map(([name, value]) => [name.toLowerCase(), value]));
  if (!said.has('luban-image')) return undefined;
  const fields = {
    ...{ sourceRepository: said.get('luban-source-repository'), sourceCommit: said.get('luban-source-commit') },
    ...{ requestedBy: said.get('luban-requested-by'), run: said.get('luban-run') },
    ...{ promotedFrom: said.get('luban-promoted-from'), key: said.get('luban-key') },
  };
  return shownValues(fields);
}
