import { type ImageState, type KustomizeImage, verifyRecord } from '@luban-ci/edits';
import { isAbout, isReplaced } from './deployments.ts';
import type { EnvironmentState, Overlay } from './read-environments.ts';
import { shownText } from './shown-text.ts';

/** Something that is not as it was recorded, or came another way than by a promotion. */
export interface Finding {
  environment: string;
  branch: string;
  folder: string;
  /** Name of the entry that it is about; of a file that cannot be read, none. */
  image?: string;
  kind: 'by hand' | 'without promotion' | 'unreadable';
  /** Without the environment: `registry.example/team/app is at 2, and 1 is recorded`. */
  sentence: string;
}

export interface Expectations {
  /** All environments in the order of promotion. */
  order: readonly string[];
  /** Whether the repository keeps records; without them nothing is known to be by hand. */
  keepsRecords: boolean;
  /** Whether a later environment is reached by promotions alone. */
  expectsPromotions: boolean;
}

/** Everything that does not fit in an environment, a sentence each. */
export function findingsOf({ branch, overlays }: EnvironmentState, expected: Expectations): Finding[] {
  return overlays.flatMap((overlay): Finding[] => {
    const { environment, folder, problem } = overlay;
    const place = { environment, branch, folder };
    if (problem !== undefined) return [{ ...place, kind: 'unreadable', sentence: shownSentence(problem) }];
    if (!expected.keepsRecords && Object.keys(overlay.record).length === 0) return [];
    const promotions = expected.expectsPromotions ? unpromoted(overlay, expected.order) : [];
    return [...handEdits(overlay), ...promotions].map((each) => ({ ...place, ...each }));
  });
}

type Found = Pick<Finding, 'kind' | 'sentence'> & { image: string };

function handEdits({ images, record: all, elsewhere }: Overlay): Found[] {
  const record = Object.fromEntries(Object.entries(all).filter(([name]) => !elsewhere.includes(name)));
  // A placeholder that nothing was ever deployed over is no hand edit.
  const deployed = images.filter(({ name, newName }) => record[name] !== undefined || newName === undefined);
  const differing = verifyRecord({ images: record }, deployed).map((each) => {
    if (each.finding === 'not recorded') return [each.image, `at ${stateText(each.found)} was never recorded`];
    if (each.finding === 'removed by hand') return [each.image, `was removed; ${stateText(each.recorded)} is recorded`];
    return [each.image, `is at ${stateText(each.found)}, and ${stateText(each.recorded)} is recorded`];
  });
  const replaced = images
    .filter((each) => record[each.name] !== undefined && isReplaced(each))
    .map(({ name, newName = '' }) => [name, `is replaced by ${newName}, which was never recorded`]);
  return [...differing, ...replaced].map(([image = '', what = '']) => ({
    image,
    kind: 'by hand',
    sentence: shownSentence(`${image} ${what}`),
  }));
}

/** What runs in a later environment has to have run in the one before it. */
function unpromoted({ environment, images, record, elsewhere }: Overlay, order: readonly string[]): Found[] {
  const before = order[order.indexOf(environment) - 1];
  if (before === undefined) return [];
  const listed = images.filter((each) => isRecordedAs(record, each));
  return [...listed.map(({ name }) => name), ...elsewhere].flatMap((image) => {
    const entry = record[image];
    if (entry === undefined || entry.promotedFrom !== undefined) return [];
    const by = entry.requestedBy === undefined ? '' : `, asked for by ${entry.requestedBy}`;
    const sentence = shownSentence(`${image} at ${stateText(entry)} came without a promotion from ${before}${by}`);
    return [{ image, kind: 'without promotion', sentence }];
  });
}

function isRecordedAs(record: Overlay['record'], listed: KustomizeImage): boolean {
  const entry = record[listed.name];
  return entry !== undefined && isAbout(entry, listed);
}

/** Two digests and a long name have to fit in. */
function shownSentence(text: string): string {
  return shownText(text, 1000);
}

function stateText({ tag, digest }: ImageState): string {
  return [tag, digest].filter((part) => part !== undefined).join('@') || 'no version';
}
