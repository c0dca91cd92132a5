import { isCollection, isMap, isScalar, isSeq } from 'yaml';
import { nextLineOf } from './layout.ts';
import type { YamlFile, YamlPath } from './yaml-file.ts';

/** A value of a map or an item of a list that is one scalar. */
export interface ScalarAt {
  path: YamlPath;
  document: number;
  text: string;
  /** What follows it on its line, up to the end of the line: its comment, where it has one. */
  rest: string;
}

/** Every scalar that is a value, in the order in which they stand; what an alias stands for is listed where it is written. */
export function scalarsOf(yaml: YamlFile): ScalarAt[] {
  return yaml.documents.flatMap((each, document) => scalarsIn(yaml, each.contents, [], document));
}

function scalarsIn(yaml: YamlFile, node: unknown, path: YamlPath, document: number): ScalarAt[] {
  if (isScalar(node)) {
    const end = node.range?.[1] ?? 0;
    const rest = yaml.text.slice(end, nextLineOf(yaml, end)).trimEnd();
    return [{ path, document, text: String(node.value), rest }];
  }
  if (!isCollection(node)) return [];
  if (isSeq(node)) return node.items.flatMap((item, at) => scalarsIn(yaml, item, [...path, at], document));
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key, value }) =>
    isScalar(key) ? scalarsIn(yaml, value, [...path, String(key.value)], document) : [],
  );
}
