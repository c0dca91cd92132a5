import { StepError } from '@luban-ci/core';
import { isMap, isScalar, type Node, type YAMLMap } from 'yaml';
import { columnOf, endOfPair, isFlow, lineAfter, startOf, styleOf } from './layout.ts';
import { changeMeaning, type Meaning, meaningOf, meaningOfValue } from './meaning.ts';
import { renderEntry, renderFlow, renderScalar, type YamlValue } from './render-value.ts';
import { type Splice, spliceYaml } from './splice.ts';
import { lineOf, nodeAt, refuseShared, type YamlFile, type YamlPath } from './yaml-file.ts';

/**
 * Adds `key: value` as the last entry of the map at `path`, written the way that map is. An empty file counts as an
 * empty map.
 *
 * @throws StepError when there is no map, when it has the key, or when it is shared through an anchor
 */
export function insertEntry(yaml: YamlFile, path: YamlPath, key: string, value: YamlValue, document = 0): YamlFile {
  const map = nodeAt(yaml, path, document);
  if (map === undefined && path.length === 0) return startFile(yaml, key, value, document);
  if (!isMap(map)) throw new StepError(`${yaml.file} has no map as ${path.join('.') || 'its content'}`);
  if (map.has(key)) throw new StepError(`${yaml.file}:${lineOf(yaml, startOf(map))} has ${key} already`);
  refuseShared(yaml, path, document);
  const splice = isFlow(map) ? inFlow(yaml, map, key, value) : inBlock(yaml, map, key, value, document);
  const expected = meaningOf(yaml).map((meaning, at) =>
    at === document ? changeMeaning(meaning, path, (part) => withEntry(part, key, value)) : meaning,
  );
  return spliceYaml(yaml, [splice], expected);
}

function withEntry(part: Meaning, key: string, value: YamlValue): Meaning {
  if (!('entries' in part)) return part;
  return { ...part, entries: [...part.entries, { key: meaningOfValue(key), value: meaningOfValue(value) }] };
}

function inFlow(yaml: YamlFile, map: YAMLMap, key: string, value: YamlValue): Splice {
  const last = map.items.at(-1);
  const at = last === undefined ? startOf(map) + 1 : endOfPair(last);
  const text = yaml.isJson
    ? `${JSON.stringify(key)}: ${JSON.stringify(value)}`
    : `${renderScalar(key)}: ${renderFlow(value)}`;
  if (last === undefined) return { start: at, end: at, text };
  return { start: at, end: at, text: `,${gapBefore(yaml, map, startOf(last.key as Node))}${text}` };
}

/** What stands between two entries of a flow collection: a space, or a new line where its last entry has one of its own. */
export function gapBefore(yaml: YamlFile, collection: Node, last: number): string {
  const before = yaml.text.slice(startOf(collection), last);
  return /\r?\n[ \t]*$/.exec(before)?.[0] ?? ' ';
}

function inBlock(yaml: YamlFile, map: YAMLMap, key: string, value: YamlValue, document: number): Splice {
  const style = styleOf(yaml, document);
  const first = map.items[0]?.key;
  const column = columnOf(yaml, isScalar(first) ? startOf(first as Node) : startOf(map));
  const last = map.items.at(-1);
  const at = lineAfter(yaml, last === undefined ? startOf(map) : endOfPair(last), column);
  return newLine(yaml, at, column, renderEntry(key, value, column, style), style.newline);
}

function startFile(yaml: YamlFile, key: string, value: YamlValue, document: number): YamlFile {
  const style = styleOf(yaml, document);
  const splice = newLine(yaml, yaml.text.length, 0, renderEntry(key, value, 0, style), style.newline);
  const entries = [{ key: meaningOfValue(key), value: meaningOfValue(value) }];
  return spliceYaml(yaml, [splice], [{ entries }]);
}

/** `text` as a line of its own at offset `at`; a file that did not end with a newline still does not. */
export function newLine(yaml: YamlFile, at: number, column: number, text: string, newline: string): Splice {
  const line = `${' '.repeat(column)}${text}`;
  const content = yaml.text.replace('\ufeff', '');
  const startsLine = content === '' || at === 0 || yaml.text[at - 1] === '\n';
  return { start: at, end: at, text: startsLine ? `${line}${newline}` : `${newline}${line}` };
}
