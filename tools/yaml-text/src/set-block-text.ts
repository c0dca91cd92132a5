import { StepError } from '@luban-ci/core';
import { isScalar, type Scalar } from 'yaml';
import { nextLineOf, startOf, styleOf } from './layout.ts';
import { changeMeaning, meaningOf } from './meaning.ts';
import { type Splice, spliceYaml } from './splice.ts';
import { lineOf, nodeAt, refuseShared, type YamlFile, type YamlPath } from './yaml-file.ts';

/**
 * Writes a changed text where a literal block (`|`) stands, touching only the characters that differ: for YAML that is
 * kept inside YAML, such as the `values` of an Argo CD source.
 *
 * @throws StepError when it is not a literal block, because lines of other scalars are not lines of the file
 */
export function setBlockText(yaml: YamlFile, path: YamlPath, text: string, document = 0): YamlFile {
  refuseShared(yaml, path, document);
  const node = nodeAt(yaml, path, document);
  if (!isScalar(node)) throw new StepError(`${yaml.file} has no text as ${path.join('.')}`);
  if (node.value === text) return yaml;
  if (node.type !== 'BLOCK_LITERAL') {
    const line = lineOf(yaml, startOf(node));
    throw new StepError(
      `${yaml.file}:${line} holds YAML as ${path.join('.')} in a form that cannot be edited in place`,
      {
        hint: 'Write it as a literal block, with | after the key.',
      },
    );
  }
  const expected = meaningOf(yaml).map((meaning, at) =>
    at === document ? changeMeaning(meaning, path, (part) => ({ ...part, scalar: text, isString: true })) : meaning,
  );
  return spliceYaml(yaml, splicesFor(yaml, node, text, document), expected);
}

/** Line by line where no line came or went, so that what stands between two changes is not written anew. */
function splicesFor(yaml: YamlFile, node: Scalar, text: string, document: number): Splice[] {
  const before = String(node.value);
  const block: Block = { yaml, start: nextLineOf(yaml, startOf(node)), before };
  const { newline } = styleOf(yaml, document);
  const [old, changed] = [before.split('\n'), text.split('\n')];
  if (old.length !== changed.length) return [spliceFor(block, { at: 0, before, after: text }, newline)];
  let next = 0;
  return old.flatMap((line, index) => {
    const [at, after] = [next, changed[index] ?? ''];
    next += line.length + 1;
    return after === line ? [] : [spliceFor(block, { at, before: line, after }, newline)];
  });
}

/** A part of the block's text that starts at an offset in it, and what it becomes. */
interface Part {
  at: number;
  before: string;
  after: string;
}

function spliceFor(block: Block, { at, before, after }: Part, newline: string): Splice {
  const shorter = Math.min(before.length, after.length);
  const start = commonLength(shorter, (offset) => before[offset] === after[offset]);
  const kept = commonLength(shorter - start, (offset) => before.at(-1 - offset) === after.at(-1 - offset));
  const inserted = after
    .slice(start, after.length - kept)
    .replaceAll(/\n(?!\n)/g, `\n${' '.repeat(indentOf(block))}`)
    .replaceAll('\n', newline);
  return { start: inFile(block, at + start), end: inFile(block, at + before.length - kept), text: inserted };
}

function commonLength(longest: number, isSame: (at: number) => boolean): number {
  const differs = Array.from({ length: longest }, (_, at) => at).find((at) => !isSame(at));
  return differs ?? longest;
}

/** A literal block: where its first line starts in the file, and the text that it means. */
interface Block {
  yaml: YamlFile;
  start: number;
  before: string;
}

/** Spaces that every line of the block is moved in by, seen on its first line that is not blank. */
function indentOf({ yaml, start, before }: Block): number {
  const line = before.split('\n').findIndex((each) => each.trim() !== '');
  const inText = yaml.text.slice(start).split('\n')[line] ?? '';
  const inValue = before.split('\n')[line] ?? '';
  return leading(inText) - leading(inValue);
}

/** Offset in the file of an offset in the block's text: its lines are lines of the file. */
function inFile(block: Block, offset: number): number {
  const lines = block.before.slice(0, offset).split('\n');
  const lineStart = lines.slice(1).reduce((at) => nextLineOf(block.yaml, at), block.start);
  const column = lines.at(-1)?.length ?? 0;
  return column === 0 && offset === block.before.length ? lineStart : lineStart + indentOf(block) + column;
}

function leading(line: string): number {
  return line.length - line.trimStart().length;
}
