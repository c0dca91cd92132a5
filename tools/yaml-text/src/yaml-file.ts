import { messageOf, StepError } from '@luban-ci/core';
import { type Document, isAlias, isCollection, isMap, isScalar, isSeq, LineCounter, type Node, visit } from 'yaml';

import { readDocuments } from './read-documents.ts';

/** Map keys and list positions from the root of a document: `['images', 0, 'newTag']`. */
export type YamlPath = readonly (string | number)[];

/** A text that is known to be YAML without errors, with the source range of everything in it. Never changed in place. */
export interface YamlFile {
  /** What errors call it: a path in the repository. */
  readonly file: string;
  readonly text: string;
  /** Whether it is JSON, and has to stay so. */
  readonly isJson: boolean;
  /** Parsed with YAML's failsafe schema: every scalar is the text that stands there. */
  readonly documents: readonly Document.Parsed[];
}

/**
 * Reads YAML for editing. Scalars stay text, so `1.10` is never mistaken for `1.1`.
 *
 * @throws StepError naming file, line and column when there is a syntax error or a key stands twice in a map
 */
export function parseYaml(text: string, file: string): YamlFile {
  if (lastRead?.text === text && lastRead.file === file) return lastRead;
  lastRead = readYaml(text, file);
  return lastRead;
}

/** Of edits of one file, each begins with the text that the one before it has read again to check it. */
let lastRead: YamlFile | undefined;

function readYaml(text: string, file: string): YamlFile {
  const lines = new LineCounter();
  const documents = documentsOf(text, file, lines);
  for (const document of documents) {
    const [error] = document.errors;
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0]);
      throw new StepError(`${file}:${line}:${col} is not valid YAML: ${sentence(error.message)}`, {
        hint: hintFor(text),
        cause: error,
      });
    }
  }
  return { file, text, documents, isJson: file.endsWith('.json') && isJson(text, file) };
}

function documentsOf(text: string, file: string, lineCounter: LineCounter): Document.Parsed[] {
  try {
    return readDocuments(text, lineCounter);
  } catch (cause) {
    throw new StepError(`${file} cannot be read: ${messageOf(cause)}`, { hint: 'It may be nested too deeply.', cause });
  }
}

/** The node at a path, as it is written (an alias is not followed), or `undefined`. */
export function nodeAt(yaml: YamlFile, path: YamlPath, document = 0): Node | undefined {
  return path.reduce<Node | undefined>(childOf, yaml.documents[document]?.contents ?? undefined);
}

/** The text of the scalar at a path (an alias is followed); `undefined` where there is none, or where it is empty. */
export function textAt(yaml: YamlFile, path: YamlPath, document = 0): string | undefined {
  const node = nodeAt(yaml, path, document);
  const scalar = isAlias(node) ? node.resolve(yaml.documents[document] as Document) : node;
  if (!isScalar(scalar) || isEmptyScalar(scalar)) return undefined;
  return String(scalar.value);
}

/** What a document says as plain lists, records and strings, aliases followed; for a schema to check. */
export function dataOf(yaml: YamlFile, document = 0): unknown {
  try {
    const data: unknown = yaml.documents[document]?.toJS() ?? undefined;
    if (yaml.text.includes('*')) refuseCycle(data, new Set());
    return data;
  } catch (cause) {
    throw new StepError(`${yaml.file} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

/** An anchor may hold an alias of itself; whoever walks over that never comes to an end. */
function refuseCycle(data: unknown, above: ReadonlySet<unknown>): void {
  if (typeof data !== 'object' || data === null) return;
  if (above.has(data)) throw new StepError('an anchor contains itself');
  const here = new Set([...above, data]);
  for (const inner of Object.values(data)) refuseCycle(inner, here);
}

export function samePath(left: YamlPath, right: YamlPath): boolean {
  return left.length === right.length && left.every((step, at) => String(step) === String(right[at]));
}

/** Whether nothing is written where a value could stand: `newTag:`. */
export function isEmptyScalar(node: Node): boolean {
  return isScalar(node) && node.type === 'PLAIN' && node.value === '';
}

/**
 * Refuses a path on which something, its end included, is an alias or has one elsewhere: an edit there would change other places too.
 *
 * @throws StepError naming the file, the line and the anchor
 */
export function refuseShared(yaml: YamlFile, path: YamlPath, document = 0): void {
  const steps = [...path, ''].map((_, length) => nodeAt(yaml, path.slice(0, length), document));
  const through = steps.find(isAlias);
  if (through !== undefined) throw sharedError(yaml, through, through.source);
  const used = aliasesOf(yaml, document);
  const shared = steps.find((node) => hasAnchor(node) && used.has(node.anchor));
  if (hasAnchor(shared)) throw sharedError(yaml, shared, shared.anchor);
}

/** Line of an offset, counted from 1. */
export function lineOf(yaml: YamlFile, offset: number): number {
  return yaml.text.slice(0, offset).split('\n').length;
}

export function childOf(parent: Node | undefined, step: string | number): Node | undefined {
  if (isSeq(parent) && typeof step === 'number') return parent.items[step] as Node | undefined;
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(({ key }) => isScalar(key) && key.value === String(step));
  return (pair?.value ?? undefined) as Node | undefined;
}

function aliasesOf(yaml: YamlFile, document: number): Set<string> {
  const used = new Set<string>();
  if (!yaml.text.includes('*')) return used;
  visit(yaml.documents[document] as Document, { Alias: (_, alias) => void used.add(alias.source) });
  return used;
}

function hasAnchor(node: Node | undefined): node is Node & { anchor: string } {
  return (isScalar(node) || isCollection(node)) && node.anchor !== undefined;
}

function sharedError(yaml: YamlFile, node: Node, anchor: string): StepError {
  const line = lineOf(yaml, node.range?.[0] ?? 0);
  return new StepError(
    `${yaml.file}:${line} cannot be edited: it is shared with other places through the anchor &${anchor}`,
    {
      hint: 'Write the value out where it has to differ, then run again.',
    },
  );
}

/** YAML allows more than JSON; a file with that name is held to the stricter rule before and after an edit. */
function isJson(text: string, file: string): true {
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return true;
  } catch (cause) {
    throw new StepError(`${file} is not valid JSON: ${messageOf(cause)}`, { cause });
  }
}

function hintFor(text: string): string {
  if (!/\{\{-?\s*[\w.$"(]/.test(text)) return 'Correct the file; nothing was changed.';
  return 'It seems to be a template that becomes YAML once it is rendered; edit the values that it is rendered with.';
}

function sentence(message: string): string {
  return message.replace(/\s+/g, ' ').trim();
}
