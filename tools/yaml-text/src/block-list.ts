import { StepError } from '@luban-ci/core';
import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { appendItem } from './append-item.ts';
import { newLine } from './insert-entry.ts';
import { colonOf, columnOf, endOfNode, isFlow, nextLineOf, startOf, styleOf } from './layout.ts';
import { changeMeaning, type Meaning, meaningOf, meaningOfValue } from './meaning.ts';
import { removeEntry } from './remove-entry.ts';
import { renderItem, type YamlValue } from './render-value.ts';
import { spliceYaml } from './splice.ts';
import { nodeAt, refuseShared, type YamlFile, type YamlPath } from './yaml-file.ts';

/**
 * As `appendItem`, but a list that is written `[]` behind its key becomes one with an item on each line: for lists that
 * begin empty and grow.
 *
 * @throws StepError as `appendItem` does
 */
export function appendBlockItem(yaml: YamlFile, path: YamlPath, value: YamlValue): YamlFile {
  const place = emptyListAt(yaml, path);
  if (place === undefined) return appendItem(yaml, path, value);
  refuseShared(yaml, path);
  const style = styleOf(yaml);
  const column = place.column + style.listIndent;
  const item = newLine(yaml, nextLineOf(yaml, place.end), column, renderItem(value, column, style), style.newline);
  const emptied = { start: place.start, end: place.end, text: '' };
  return spliceYaml(yaml, [emptied, item], withItems(yaml, path, [meaningOfValue(value)]));
}

/**
 * Takes one item out of a list, with its lines; where it was the only one, `[]` stays in its place.
 *
 * @throws StepError when it is shared through an anchor, or laid out in a way that cannot be edited
 */
export function removeItem(yaml: YamlFile, path: YamlPath, at: number): YamlFile {
  const list = nodeAt(yaml, path);
  if (!isSeq(list)) throw new StepError(`${yaml.file} has no list as ${path.join('.')}`);
  if (list.items.length !== 1 || at !== 0 || isFlow(list)) return removeEntry(yaml, [...path, at]);
  refuseShared(yaml, [...path, at]);
  const colon = colonBefore(yaml, path);
  const start = startOf(list);
  // What stands between the key and its list is a comment or nothing.
  const isAtKey = colon !== undefined && yaml.text.slice(colon, start).trim() === '';
  const splice = isAtKey ? { start: colon, text: ' []' } : { start, text: '[]' };
  return spliceYaml(yaml, [{ ...splice, end: endOfLastLine(yaml, list) }], withItems(yaml, path, []));
}

/** From the end of its key to the end of `[]`. */
function emptyListAt(yaml: YamlFile, path: YamlPath): { start: number; end: number; column: number } | undefined {
  const list = nodeAt(yaml, path);
  const pair = pairAt(yaml, path);
  const colon = pair === undefined ? undefined : colonOf(pair);
  const isEmpty = isSeq(list) && isFlow(list) && list.items.length === 0;
  if (!isEmpty || pair === undefined || colon === undefined || yaml.isJson) return undefined;
  const parent = nodeAt(yaml, path.slice(0, -1));
  if (parent === undefined || isFlow(parent)) return undefined;
  return { start: colon, end: endOfNode(list), column: columnOf(yaml, startOf(pair.key as Node)) };
}

function colonBefore(yaml: YamlFile, path: YamlPath): number | undefined {
  const pair = pairAt(yaml, path);
  return pair === undefined ? undefined : colonOf(pair);
}

function pairAt(yaml: YamlFile, path: YamlPath): Pair | undefined {
  const parent = nodeAt(yaml, path.slice(0, -1));
  if (!isMap(parent)) return undefined;
  return parent.items.find(({ key }) => isScalar(key) && key.value === String(path.at(-1)));
}

/** Without the line break behind the last line, and without comments that follow. */
function endOfLastLine(yaml: YamlFile, list: Node): number {
  const end = endOfNode(list);
  return yaml.text.slice(0, end).trimEnd().length;
}

function withItems(yaml: YamlFile, path: YamlPath, items: Meaning[]): Meaning[] {
  return meaningOf(yaml).map((meaning, at) =>
    at === 0 ? changeMeaning(meaning, path, (part) => ('items' in part ? { ...part, items } : part)) : meaning,
  );
}
