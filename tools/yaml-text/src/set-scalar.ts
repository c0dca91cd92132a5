import { StepError } from '@luban-ci/core';
import { isAlias, isMap, isScalar, type Node, type Scalar } from 'yaml';
import { colonOf, styleOf } from './layout.ts';
import { changeMeaning, type Meaning, meaningOf } from './meaning.ts';
import { isPlainString } from './plain-scalar.ts';
import { renderScalar, type ScalarStyle } from './render-value.ts';
import { type SharedNodes, sharedError, sharedNodesOf } from './shared-nodes.ts';
import { type Splice, spliceYaml } from './splice.ts';
import { isEmptyScalar, lineOf, nodeAt, samePath, type YamlFile, type YamlPath } from './yaml-file.ts';

/** What a scalar can be set to; everything but a string is written without quotes. */
export type ScalarValue = string | number | boolean | null;

/** One scalar and its new value. */
export interface ScalarTarget {
  path: YamlPath;
  value: ScalarValue;
  /** Number of the document in the file; 0 is the first. */
  document?: number;
}

/**
 * Writes a value where a scalar stands, in that scalar's own quotes; a plain one is quoted only when a new string would
 * otherwise be read as something else. An alias is replaced here and nowhere else.
 *
 * @returns the same object when it says that already
 * @throws StepError when nothing stands there, when it is not a scalar, or when it is shared through an anchor
 */
export function setScalar(yaml: YamlFile, path: YamlPath, value: ScalarValue, document = 0): YamlFile {
  return setScalars(yaml, [{ path, value, document }]);
}

/**
 * Sets several scalars, reading the result once. Paths may lead through aliases: what an anchor shares is changed where
 * it is written, if every place that refers to it is to be set to the same value.
 *
 * @throws StepError as `setScalar` does; then nothing was changed
 */
export function setScalars(yaml: YamlFile, targets: readonly ScalarTarget[]): YamlFile {
  const edits = yaml.documents.flatMap((_, document) => {
    const own = targets.filter((target) => (target.document ?? 0) === document);
    return own.length === 0 ? [] : editsIn(yaml, document, own);
  });
  if (edits.length === 0) return yaml;
  const expected = meaningOf(yaml).map((meaning, at) =>
    edits
      .filter(({ document }) => document === at)
      .reduce((current, { path, value }) => changeMeaning(current, path, (part) => said(part, value)), meaning),
  );
  return spliceYaml(
    yaml,
    edits.map(({ splice }) => splice),
    expected,
  );
}

/** A change of one node, where it is written. */
interface NodeEdit {
  document: number;
  path: YamlPath;
  value: ScalarValue;
  splice: Splice;
}

function editsIn(yaml: YamlFile, document: number, targets: readonly ScalarTarget[]): NodeEdit[] {
  const shared = sharedNodesOf(yaml, document);
  const edits = targets.flatMap((target): NodeEdit[] => {
    const place = placeOf(yaml, shared, target, targets);
    if (!(isScalar(place.node) || isAlias(place.node))) throw notScalar(yaml, target.path, place.node);
    refuseForeignTag(yaml, place.node, target.path);
    if (isScalar(place.node) && isSaidAlready(place.node, target.value)) return [];
    const splice = isEmptyScalar(place.node)
      ? fillIn(yaml, place.path, target.value, document)
      : replace(yaml, place.node, target.value, document);
    return [{ document, path: place.path, value: target.value, splice }];
  });
  const first = (edit: NodeEdit): NodeEdit => edits.find(({ splice }) => splice.start === edit.splice.start) ?? edit;
  return edits.filter((edit) => first(edit) === edit);
}

/** The node to write at: the shared one where all that share it agree, else the alias itself in its own place. */
function placeOf(
  yaml: YamlFile,
  shared: SharedNodes,
  target: ScalarTarget,
  targets: readonly ScalarTarget[],
): { node: Node | undefined; path: YamlPath } {
  const reached = shared.reach(target.path);
  const agrees = (path: YamlPath): boolean =>
    targets.some((each) => samePath(each.path, path) && each.value === target.value);
  const uses = [reached.path, ...shared.otherPathsTo(reached.path)];
  const isUnchanged =
    isScalar(reached.node) && reached.through.length === 0 && isSaidAlready(reached.node, target.value);
  if (uses.every(agrees) || isUnchanged) return { node: reached.node, path: reached.path };
  const [last, earlier] = [reached.through.at(-1), reached.through.at(-2)];
  const endsAtAlias = last !== undefined && earlier === undefined && samePath(last.path, target.path);
  if (endsAtAlias && shared.otherPathsTo(target.path.slice(0, -1)).length === 0) {
    return { node: last.alias, path: target.path };
  }
  throw sharedError(yaml, last?.alias ?? reached.node, last?.alias.source ?? anchorOn(yaml, target));
}

function anchorOn(yaml: YamlFile, { path, document }: ScalarTarget): string {
  const steps = [...path, ''].map((_, length) => nodeAt(yaml, path.slice(0, length), document));
  const anchors = steps.flatMap((node) => (node !== undefined && 'anchor' in node && node.anchor ? [node.anchor] : []));
  return anchors.at(-1) ?? '';
}

function isSaidAlready(node: Scalar, value: ScalarValue): boolean {
  if (typeof value === 'string') return node.value === value && (node.type !== 'PLAIN' || isPlainString(value));
  return node.value === String(value) && node.type === 'PLAIN';
}

function said(part: Meaning, value: ScalarValue): Meaning {
  const { anchor, tag } = part;
  const scalar = String(value);
  const isString = typeof value === 'string' || isPlainString(scalar);
  return { ...(anchor === undefined ? {} : { anchor }), ...(tag === undefined ? {} : { tag }), scalar, isString };
}

function replace(yaml: YamlFile, node: Node, value: ScalarValue, document: number): Splice {
  const [start, end] = node.range ?? [0, 0];
  const isBlock = isScalar(node) && node.type?.startsWith('BLOCK') === true;
  const newline = isBlock && yaml.text[end - 1] === '\n' ? styleOf(yaml, document).newline : '';
  const tail = isScalar(node) && typeof value === 'string' ? tailSplice(yaml, node, value) : undefined;
  if (tail !== undefined) return tail;
  return { start, end, text: `${textFor(value, yaml.isJson ? 'double' : quotesOf(node))}${newline}` };
}

/** Where escapes stand in the part that stays, only what comes behind it is written anew. */
function tailSplice(yaml: YamlFile, node: Scalar, value: string): Splice | undefined {
  const [start, end] = node.range ?? [0, 0];
  const before = String(node.value);
  const raw = yaml.text.slice(start + 1, end - 1);
  if (node.type !== 'QUOTE_DOUBLE' || !raw.includes('\\')) return undefined;
  const differs = [...before].findIndex((char, at) => char !== value[at]);
  const [gone, come] = [before.slice(differs), value.slice(differs)];
  const isSimple = [gone, come].every((part) => /^[\w.:@/+-]+$/.test(part));
  if (differs === -1 || !isSimple || !raw.endsWith(gone)) return undefined;
  return { start: end - 1 - gone.length, end: end - 1, text: come };
}

function fillIn(yaml: YamlFile, path: YamlPath, value: ScalarValue, document: number): Splice {
  const parent = nodeAt(yaml, path.slice(0, -1), document);
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => isScalar(key) && key.value === String(path.at(-1)))
    : undefined;
  const colon = pair === undefined ? undefined : colonOf(pair);
  if (colon === undefined) throw notScalar(yaml, path, undefined);
  return { start: colon, end: colon, text: ` ${textFor(value, 'plain')}` };
}

function textFor(value: ScalarValue, style: ScalarStyle): string {
  return typeof value === 'string' ? renderScalar(value, style) : String(value);
}

function quotesOf(node: Node): ScalarStyle {
  const type = isScalar(node) ? node.type : undefined;
  if (type === 'QUOTE_SINGLE') return 'single';
  return type === 'QUOTE_DOUBLE' ? 'double' : 'plain';
}

/** `!Sub` or `!reference` makes something else of the text behind it, and only its owner knows what. */
function refuseForeignTag(yaml: YamlFile, node: Node, path: YamlPath): void {
  const tag = isScalar(node) ? node.tag : undefined;
  if (tag === undefined || tag === '!' || /^tag:yaml\.org,2002:/.test(tag)) return;
  const line = lineOf(yaml, node.range?.[0] ?? 0);
  throw new StepError(`${yaml.file}:${line} has a value of the type ${tag} as ${path.join('.')}, which is not text`, {
    hint: 'Edit it by hand, or write plain text there.',
  });
}

function notScalar(yaml: YamlFile, path: YamlPath, node: Node | undefined): StepError {
  const line = lineOf(yaml, node?.range?.[0] ?? 0);
  const what = node === undefined ? 'has no' : 'has something other than text as';
  return new StepError(`${yaml.file}:${line} ${what} ${path.join('.')}`);
}
