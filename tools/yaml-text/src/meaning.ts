import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import { isPlainString } from './plain-scalar.ts';
import { entriesOf, isList, type YamlValue } from './render-value.ts';
import type { YamlFile, YamlPath } from './yaml-file.ts';

/** What a piece of YAML says, without how it is laid out: two texts with equal meanings differ in looks alone. */
export type Meaning = { anchor?: string; tag?: string } & (
  | { scalar: string; isString: boolean }
  | { entries: { key: Meaning; value: Meaning }[] }
  | { items: Meaning[] }
  | { alias: string }
  | { nothing: true }
);

/** One meaning for each document. */
export function meaningOf(yaml: YamlFile): Meaning[] {
  return yaml.documents.map((document) => meaningOfNode(document.contents));
}

/** What an inserted value has to mean once it is read again. */
export function meaningOfValue(value: YamlValue): Meaning {
  if (typeof value === 'string') return scalarMeaning(value);
  if (isList(value)) return { items: value.map(meaningOfValue) };
  return {
    entries: entriesOf(value).map(([key, inner]) => ({ key: scalarMeaning(key), value: meaningOfValue(inner) })),
  };
}

/** The same meaning with the part at `path` replaced by what `change` makes of it. */
export function changeMeaning(meaning: Meaning, path: YamlPath, change: (part: Meaning) => Meaning): Meaning {
  const [step, ...rest] = path;
  if (step === undefined) return change(meaning);
  if ('items' in meaning) {
    const items = meaning.items.map((item, at) => (at === step ? changeMeaning(item, rest, change) : item));
    return { ...meaning, items };
  }
  if (!('entries' in meaning)) return meaning;
  const entries = meaning.entries.map((entry) =>
    isKey(entry.key, step) ? { ...entry, value: changeMeaning(entry.value, rest, change) } : entry,
  );
  return { ...meaning, entries };
}

export function isKey(key: Meaning, step: string | number): boolean {
  return 'scalar' in key && key.scalar === String(step);
}

export function sameMeaning(left: readonly Meaning[], right: readonly Meaning[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function scalarMeaning(scalar: string): Meaning {
  return { scalar, isString: true };
}

function meaningOfNode(node: unknown): Meaning {
  if (isAlias(node)) return { alias: node.source };
  if (isScalar(node)) {
    const scalar = String(node.value);
    return { ...propertiesOf(node), scalar, isString: node.type !== 'PLAIN' || isPlainString(scalar) };
  }
  if (isSeq(node)) return { ...propertiesOf(node), items: node.items.map(meaningOfNode) };
  if (!isMap(node)) return { nothing: true };
  const entries = node.items.map(({ key, value }) => ({ key: meaningOfNode(key), value: meaningOfNode(value) }));
  return { ...propertiesOf(node), entries };
}

function propertiesOf(node: { anchor?: string; tag?: string }): { anchor?: string; tag?: string } {
  const tag = node.tag === undefined || /^tag:yaml\.org,2002:(str|map|seq)$/.test(node.tag) ? undefined : node.tag;
  return { ...(node.anchor === undefined ? {} : { anchor: node.anchor }), ...(tag === undefined ? {} : { tag }) };
}
