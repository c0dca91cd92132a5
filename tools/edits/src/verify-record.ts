import type { KustomizeImage } from './kustomization.ts';
import type { DeploymentRecord, RecordEntry } from './record.ts';

/** Where a kustomization and the record beside it disagree. */
export type Finding =
  | { finding: 'edited by hand'; image: string; recorded: ImageState; found: ImageState }
  | { finding: 'not recorded'; image: string; found: ImageState }
  | { finding: 'removed by hand'; image: string; recorded: ImageState };

export interface ImageState {
  tag?: string | undefined;
  digest?: string | undefined;
}

/**
 * Compares what was deployed with what stands in the file. A digest that is only in the record is no disagreement:
 * many files pin the tag alone.
 */
export function verifyRecord(record: DeploymentRecord, images: readonly KustomizeImage[]): Finding[] {
  const names = [...new Set([...Object.keys(record.images), ...images.map(({ name }) => name)])].sort();
  return names.flatMap((image): Finding[] => {
    const recorded = record.images[image];
    const listed = images.filter(({ name }) => name === image);
    if (recorded === undefined) return listed.map((each) => ({ finding: 'not recorded', image, found: stateOf(each) }));
    if (listed.length === 0) return [{ finding: 'removed by hand', image, recorded: recordedState(recorded) }];
    const differing = listed.filter((each) => !agrees(recorded, stateOf(each)));
    const before = recordedState(recorded);
    return differing.map((each) => ({ finding: 'edited by hand', image, recorded: before, found: stateOf(each) }));
  });
}

/** Whether a record is about exactly what stands in the file. */
export function agrees(recorded: RecordEntry, found: ImageState): boolean {
  const sameTag = found.tag === undefined ? found.digest !== undefined : found.tag === recorded.tag;
  return sameTag && (found.digest === undefined || found.digest === recorded.digest);
}

function stateOf({ newTag, digest }: KustomizeImage): ImageState {
  return { ...(newTag === undefined ? {} : { tag: newTag }), ...(digest === undefined ? {} : { digest }) };
}

function recordedState({ tag, digest }: RecordEntry): ImageState {
  return { ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}
