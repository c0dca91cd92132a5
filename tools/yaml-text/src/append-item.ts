import { StepError } from '@luban-ci/core';
import { isMap, isScalar, isSeq, type Node, type YAMLSeq } from 'yaml';
import { gapBefore, newLine } from './insert-entry.ts';
import { colonOf, columnOf, dashOf, endOfNode, isFlow, lineAfter, nextLineOf, startOf, styleOf } from './layout.ts';
import { changeMeaning, type Meaning, meaningOf, meaningOfValue } from './meaning.ts';
import { renderFlow, renderItem, type YamlValue } from './render-value.ts';
import { type Splice, spliceYaml } from './splice.ts';
import { isEmptyScalar, nodeAt, refuseShared, type YamlFile, type YamlPath } from './yaml-file.ts';

/**
 * Adds an item at the end of the list at `path`, written the way its last item is. A key without a value
 * (`images:`) counts as an empty list.
 *
 * @throws StepError when there is no list, or when it is shared through an anchor
 */
export function appendItem(yaml: YamlFile, path: YamlPath, value: YamlValue, document = 0): YamlFile {
  const list = nodeAt(yaml, path, document);
  refuseShared(yaml, path, document);
  const splice = spliceFor(yaml, path, list, value, document);
  if (splice === undefined) throw new StepError(`${yaml.file} has no list as ${path.join('.')}`);
  const expected = meaningOf(yaml).map((meaning, at) =>
    at === document ? changeMeaning(meaning, path, (part) => withItem(part, value)) : meaning,
  );
  return spliceYaml(yaml, [splice], expected);
}

function withItem(part: Meaning, value: YamlValue): Meaning {
  if ('items' in part) return { ...part, items: [...part.items, meaningOfValue(value)] };
  return { items: [meaningOfValue(value)] };
}

function spliceFor(
  yaml: YamlFile,
  path: YamlPath,
  list: Node | undefined,
  value: YamlValue,
  document: number,
): Splice | undefined {
  if (isSeq(list)) return isFlow(list) ? inFlow(yaml, list, value) : inBlock(yaml, list, value, document);
  return list !== undefined && isEmptyScalar(list) ? firstItem(yaml, path, value, document) : undefined;
}

function inFlow(yaml: YamlFile, list: YAMLSeq, value: YamlValue): Splice {
  const last = list.items.at(-1) as Node | undefined;
  const at = last === undefined ? startOf(list) + 1 : endOfNode(last);
  const text = yaml.isJson ? JSON.stringify(value) : renderFlow(value);
  return { start: at, end: at, text: last === undefined ? text : `,${gapBefore(yaml, list, startOf(last))}${text}` };
}

function inBlock(yaml: YamlFile, list: YAMLSeq, value: YamlValue, document: number): Splice {
  const style = { ...styleOf(yaml, document), dash: dashOf(yaml, list) };
  const column = columnOf(yaml, startOf(list));
  const last = list.items.at(-1) as Node;
  const text = isFlow(last) ? `${style.dash}${renderFlow(value)}` : renderItem(value, column, style);
  return newLine(yaml, lineAfter(yaml, endOfNode(last), column), column, text, style.newline);
}

function firstItem(yaml: YamlFile, path: YamlPath, value: YamlValue, document: number): Splice | undefined {
  const parent = nodeAt(yaml, path.slice(0, -1), document);
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => isScalar(key) && key.value === String(path.at(-1)))
    : undefined;
  const colon = pair === undefined ? undefined : colonOf(pair);
  if (pair === undefined || colon === undefined) return undefined;
  const style = styleOf(yaml, document);
  const column = columnOf(yaml, startOf(pair.key as Node)) + style.listIndent;
  return newLine(yaml, nextLineOf(yaml, colon), column, renderItem(value, column, style), style.newline);
}
