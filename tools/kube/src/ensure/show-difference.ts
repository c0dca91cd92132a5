import { textFile, unifiedDiff } from '@luban-ci/edits';
import { stringify } from 'yaml';
import { isMap } from './same-value.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface ShownObject {
  kind: string;
  name: string;
  namespace?: string | undefined;
}

/**
 * A unified diff of YAML, in a file called after the object: `snd-payment/ConfigMap/luban-config.yaml`. `undefined` is an
 * object that is not there. What a Secret holds is not told; that it changes is.
 */
export function showDifference(
  { kind, name, namespace }: ShownObject,
  before: Fields | undefined,
  after: Fields | undefined,
): string {
  const path = [namespace ?? [], kind, `${name}.yaml`].flat().join('/');
  const [old, now] = kind === 'Secret' ? [hidden(before, undefined), hidden(after, before)] : [before, after];
  const files = new Map(old === undefined ? [] : [[path, textFile(yamlOf(old))]]);
  return unifiedDiff(files, new Map([[path, now === undefined ? undefined : textFile(yamlOf(now))]]));
}

function yamlOf(fields: Fields): string {
  return stringify(fields, { lineWidth: 0, aliasDuplicateObjects: false });
}

function hidden(fields: Fields | undefined, before: Fields | undefined): Fields | undefined {
  if (fields === undefined || !isMap(fields['data'])) return fields;
  const earlier = before !== undefined && isMap(before['data']) ? before['data'] : {};
  const data = Object.entries(fields['data']).map(([key, value]) => {
    const isOther = key in earlier && earlier[key] !== value;
    return [key, isOther ? '*** (another value)' : '***'];
  });
  return { ...fields, data: Object.fromEntries(data) };
}
