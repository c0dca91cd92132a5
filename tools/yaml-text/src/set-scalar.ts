import { StepError } from '@luban-ci/core';
import { isAlias, isMap, isScalar, type Node, type Scalar } from 'yaml';
import { colonOf, styleOf } from './layout.ts';
import { changeMeaning, type Meaning, meaningOf } from './meaning.ts';
import { isPlainString } from './plain-scalar.ts';
import { renderScalar, type ScalarStyle } from './render-value.ts';
import { type Splice, spliceYaml } from './splice.ts';
import { isEmptyScalar, lineOf, nodeAt, refuseShared, type YamlFile, type YamlPath } from './yaml-file.ts';

/**
 * Writes a string where a scalar stands, in that scalar's own quotes; a plain one is quoted only when the new value
 * would otherwise be read as something else than a string. An alias is replaced here and nowhere else.
 *
 * @returns the same object when it says that already
 * @throws StepError when nothing stands there, when it is not a scalar, or when it is shared through an anchor
 */
export function setScalar(yaml: YamlFile, path: YamlPath, value: string, document = 0): YamlFile {
  refuseShared(yaml, path.slice(0, -1), document);
  const node = nodeAt(yaml, path, document);
  if (node === undefined || !(isScalar(node) || isAlias(node))) throw notScalar(yaml, path, node);
  if (isScalar(node) && isSaidAlready(node, value)) return yaml;
  if (isScalar(node)) refuseShared(yaml, path, document);
  const splice = isEmptyScalar(node) ? fillIn(yaml, path, value, document) : replace(yaml, node, value, document);
  const expected = meaningOf(yaml).map((meaning, at) =>
    at === document ? changeMeaning(meaning, path, (part) => said(part, value)) : meaning,
  );
  return spliceYaml(yaml, splice, expected);
}

function isSaidAlready(node: Scalar, value: string): boolean {
  return node.value === value && (node.type !== 'PLAIN' || isPlainString(value));
}

function said(part: Meaning, scalar: string): Meaning {
  const { anchor, tag } = part;
  return { ...(anchor === undefined ? {} : { anchor }), ...(tag === undefined ? {} : { tag }), scalar, isString: true };
}

function replace(yaml: YamlFile, node: Node, value: string, document: number): Splice {
  const [start, end] = node.range ?? [0, 0];
  const isBlock = isScalar(node) && node.type?.startsWith('BLOCK') === true;
  const newline = isBlock && yaml.text[end - 1] === '\n' ? styleOf(yaml, document).newline : '';
  return { start, end, text: `${renderScalar(value, quotesOf(node))}${newline}` };
}

function fillIn(yaml: YamlFile, path: YamlPath, value: string, document: number): Splice {
  const parent = nodeAt(yaml, path.slice(0, -1), document);
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => isScalar(key) && key.value === String(path.at(-1)))
    : undefined;
  const colon = pair === undefined ? undefined : colonOf(pair);
  if (colon === undefined) throw notScalar(yaml, path, undefined);
  return { start: colon, end: colon, text: ` ${renderScalar(value)}` };
}

function quotesOf(node: Node): ScalarStyle {
  const type = isScalar(node) ? node.type : undefined;
  if (type === 'QUOTE_SINGLE') return 'single';
  return type === 'QUOTE_DOUBLE' ? 'double' : 'plain';
}

function notScalar(yaml: YamlFile, path: YamlPath, node: Node | undefined): StepError {
  const line = lineOf(yaml, node?.range?.[0] ?? 0);
  const what = node === undefined ? 'has no' : 'has something other than text as';
  return new StepError(`${yaml.file}:${line} ${what} ${path.join('.')}`);
}
