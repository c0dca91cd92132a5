import { StepError } from '@luban-ci/core';
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { endOfNode, endOfPair, isFlow, lineStartOf, nextLineOf, startOf } from './layout.ts';
import { changeMeaning, isKey, type Meaning, meaningOf } from './meaning.ts';
import { type Splice, spliceYaml } from './splice.ts';
import { nodeAt, refuseShared, type YamlFile, type YamlPath } from './yaml-file.ts';

/** Something with a source range that stands in a map or a list. */
interface Part {
  start: number;
  end: number;
}

/**
 * Takes one entry out of a map, or one item out of a list, with its line. Where it is not there, the same object
 * comes back.
 *
 * @throws StepError when it is the only one, or when it is shared through an anchor
 */
export function removeEntry(yaml: YamlFile, path: YamlPath, document = 0): YamlFile {
  const parent = nodeAt(yaml, path.slice(0, -1), document);
  const step = path.at(-1) ?? '';
  const at = positionOf(parent, step);
  if (parent === undefined || at === -1) return yaml;
  refuseShared(yaml, isAlias(nodeAt(yaml, path, document)) ? path.slice(0, -1) : path, document);
  const splice = isFlow(parent) ? inFlow(partsOf(parent), at) : inBlock(yaml, partsOf(parent), at);
  if (splice === undefined)
    throw new StepError(`${yaml.file} would be left with nothing where ${path.join('.')} stands`);
  const expected = meaningOf(yaml).map((meaning, index) =>
    index === document ? changeMeaning(meaning, path.slice(0, -1), (part) => without(part, step)) : meaning,
  );
  return spliceYaml(yaml, [splice], expected);
}

function positionOf(parent: Node | undefined, step: string | number): number {
  if (isMap(parent)) return parent.items.findIndex(({ key }) => isScalar(key) && key.value === String(step));
  return isSeq(parent) && typeof step === 'number' && step < parent.items.length ? step : -1;
}

function without(part: Meaning, step: string | number): Meaning {
  if ('items' in part) return { ...part, items: part.items.filter((_, at) => at !== step) };
  if (!('entries' in part)) return part;
  return { ...part, entries: part.entries.filter(({ key }) => !isKey(key, step)) };
}

function partsOf(parent: Node): Part[] {
  if (isMap(parent)) {
    return (parent as YAMLMap<Node, Node | null>).items.map((pair) => ({
      start: startOf(pair.key),
      end: endOfPair(pair as Pair),
    }));
  }
  return isSeq(parent)
    ? parent.items.map((item) => ({ start: startOf(item as Node), end: endOfNode(item as Node) }))
    : [];
}

function inFlow(parts: Part[], at: number): Splice | undefined {
  const [part, previous, next] = [parts[at], parts[at - 1], parts[at + 1]];
  if (part === undefined) return undefined;
  if (previous !== undefined) return { start: previous.end, end: part.end, text: '' };
  return { start: part.start, end: next?.start ?? part.end, text: '' };
}

/** A first entry that shares its line with a dash leaves the dash to the entry after it. */
function inBlock(yaml: YamlFile, parts: Part[], at: number): Splice | undefined {
  const [part, next] = [parts[at], parts[at + 1]];
  if (part === undefined || parts.length === 1) return undefined;
  const lineStart = lineStartOf(yaml, part.start);
  const before = yaml.text.slice(lineStart, part.start);
  if (before.trim() === '' || before.trim() === '-') {
    const sharesDash = before.trim() === '-' && next !== undefined && at === 0;
    if (sharesDash && !isListItem(yaml, part, next)) return { start: part.start, end: next.start, text: '' };
    const ownsLine = yaml.text[part.end - 1] === '\n' ? part.end : nextLineOf(yaml, part.end);
    return withoutTrailingNewline(yaml, lineStart, ownsLine);
  }
  return undefined;
}

/** Whether the next part starts after a dash too: then the parts are items, not entries of one item. */
function isListItem(yaml: YamlFile, part: Part, next: Part): boolean {
  return yaml.text.slice(part.end, next.start).trim().endsWith('-');
}

/** When the removed line is the last one and the file ends without a newline, the line before it now ends the file. */
function withoutTrailingNewline(yaml: YamlFile, start: number, end: number): Splice {
  const isLastLine = end === yaml.text.length && !yaml.text.endsWith('\n');
  const newline = /\r?\n$/.exec(yaml.text.slice(0, start))?.[0] ?? '';
  return { start: isLastLine ? start - newline.length : start, end, text: '' };
}
