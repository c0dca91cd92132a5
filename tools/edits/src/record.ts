import { messageOf, StepError } from '@luban-ci/core';
import { dataOf, parseYaml, renderYaml, type YamlValue } from '@luban-ci/yaml-text';
import { z } from 'zod';
import { lazySchema } from './lazy-schema.ts';
import { Provenance } from './provenance.ts';

/** Name of the record in each folder; no extension, so that nothing applies it as a manifest. */
export const recordName = '.luban';

/** What is known of one image in one folder. Fields of newer versions of this program are carried along. */
export const RecordEntry = lazySchema(() =>
  Provenance()
    .partial({ at: true })
    .extend({
      tag: z.string().optional(),
      digest: z.string().optional(),
      /** Present when an older build was put in place on purpose; `order` is then that of the newer one it replaced. */
      downgrade: z.literal('true').optional(),
    })
    .loose(),
);
export type RecordEntry = z.infer<ReturnType<typeof RecordEntry>>;

/** Image entries by the name they have in the file beside the record. */
export interface DeploymentRecord {
  images: Readonly<Record<string, RecordEntry>>;
}

const heading = '# Written by Luban CI with every deployment. Not a manifest; the file beside it is what counts.\n';

const RecordFile = lazySchema(() =>
  z.looseObject({ version: z.literal('1'), images: z.record(z.string(), RecordEntry()).default({}) }),
);

/**
 * Reads a record; an absent one is empty.
 *
 * @throws StepError naming the file when it cannot be understood, because guessing could lose "only forward"
 */
export function parseRecord(text: string | undefined, path: string): DeploymentRecord {
  if (text === undefined) return { images: {} };
  const data = dataOf(parseYaml(text, path));
  const checked = RecordFile().safeParse(data);
  if (checked.success) return { images: checked.data.images };
  const [issue] = checked.error.issues;
  throw new StepError(`${path} is not a deployment record: ${issue?.path.join('.') ?? ''} ${messageOf(issue)}`, {
    hint: `Restore ${path} from the branch's history, or delete it to start a new record.`,
    cause: checked.error,
  });
}

/** The record as text, images in the order of their names, so that the same record is always the same bytes. */
export function serialiseRecord(record: DeploymentRecord): string {
  const names = Object.keys(record.images).sort();
  const images = Object.fromEntries(names.map((name) => [name, orderedEntry(record.images[name])]));
  return heading + renderYaml({ version: '1', images });
}

export function withEntry(record: DeploymentRecord, image: string, entry: RecordEntry): DeploymentRecord {
  return { images: { ...record.images, [image]: entry } };
}

function orderedEntry(entry: RecordEntry | undefined): { [key: string]: YamlValue | undefined } {
  const fieldOrder = Object.keys(RecordEntry().shape);
  const rank = (name: string): number => (fieldOrder.includes(name) ? fieldOrder.indexOf(name) : fieldOrder.length);
  const present = Object.entries(entry ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))) as Record<
    string,
    YamlValue
  >;
}
