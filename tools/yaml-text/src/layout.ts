import { type CST, isCollection, isMap, isPair, isScalar, isSeq, type Node, type Pair, visit } from 'yaml';
import type { YamlStyle } from './render-value.ts';
import { isEmptyScalar, type YamlFile } from './yaml-file.ts';

/** Spaces before `offset` on its line, a byte order mark not counted. */
export function columnOf(yaml: YamlFile, offset: number): number {
  const lineStart = yaml.text.lastIndexOf('\n', offset - 1) + 1;
  return yaml.text.slice(lineStart, offset).replace('\ufeff', '').length;
}

/** Offset of the start of the line that `offset` stands on. */
export function lineStartOf(yaml: YamlFile, offset: number): number {
  return yaml.text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the start of the line after the one that holds `offset`, or the end of the text. */
export function nextLineOf(yaml: YamlFile, offset: number): number {
  const newline = yaml.text.indexOf('\n', offset);
  return newline === -1 ? yaml.text.length : newline + 1;
}

export function isFlow(node: Node): boolean {
  return isCollection(node) && node.flow === true;
}

/** Offset just after the last character of a map entry. */
export function endOfPair(pair: Pair): number {
  const value = pair.value as Node | null;
  if (value !== null && !isEmptyScalar(value)) return endOfNode(value);
  return colonOf(pair) ?? (pair.key as Node).range?.[1] ?? 0;
}

/** Offset just after the last character of a node, comments and blank lines after it not counted. */
export function endOfNode(node: Node): number {
  const end = node.range?.[1] ?? 0;
  if (isFlow(node) || !isCollection(node)) return end;
  const last: unknown = node.items.at(-1);
  if (isPair(last)) return endOfPair(last);
  return last === undefined || isEmptyScalar(last as Node) ? end : endOfNode(last as Node);
}

/** Offset just after the colon of a map entry, where it has one. */
export function colonOf(pair: Pair): number | undefined {
  const token = (pair as { srcToken?: CST.CollectionItem }).srcToken;
  const colon = token?.sep?.find(({ type }) => type === 'map-value-ind');
  return colon === undefined ? undefined : colon.offset + 1;
}

/**
 * Where a new line for a collection at `column` goes: after the line on which it ends, and after the comment lines
 * that follow at once and are moved in as far, because they belong to its last entry or are entries commented out.
 */
export function lineAfter(yaml: YamlFile, end: number, column: number): number {
  const endsWithLine = end > 0 && yaml.text[end - 1] === '\n';
  const after = endsWithLine ? end : nextLineOf(yaml, end);
  const comments = new RegExp(`(?:[ ]{${column},}#[^\\n]*(?:\\n|$))*`, 'y');
  comments.lastIndex = after;
  comments.exec(yaml.text);
  return Math.max(after, comments.lastIndex);
}

/** The habits of a file, read off its first examples of each. */
export function styleOf(yaml: YamlFile, document = 0): YamlStyle {
  const style: YamlStyle = {
    newline: yaml.text.includes('\r\n') ? '\r\n' : '\n',
    dash: '- ',
    indent: 2,
    listIndent: 0,
  };
  const parsed = yaml.documents[document];
  if (parsed === undefined) return style;
  visit(parsed, {
    Pair: (_, pair) => {
      const value = pair.value;
      if (!isSeq(value) || isFlow(value) || !isScalar(pair.key)) return undefined;
      style.listIndent = Math.max(0, columnOf(yaml, startOf(value)) - columnOf(yaml, startOf(pair.key)));
      style.dash = dashOf(yaml, value);
      return visit.BREAK;
    },
  });
  visit(parsed, {
    Pair: (_, pair) => {
      const value = pair.value;
      if (!isMap(value) || isFlow(value) || !isScalar(pair.key)) return undefined;
      style.indent = Math.max(1, columnOf(yaml, startOf(value)) - columnOf(yaml, startOf(pair.key)));
      return visit.BREAK;
    },
  });
  return style;
}

/** The dash of a block list with the spaces after it, as its items write it. */
export function dashOf(yaml: YamlFile, list: Node): string {
  const dash = /-( +)(?=[^\s#&!])/y;
  dash.lastIndex = startOf(list);
  return dash.exec(yaml.text)?.[0] ?? '- ';
}

export function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
