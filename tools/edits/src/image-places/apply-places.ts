import {
  insertEntry,
  nodeAt,
  removeEntry,
  setBlockText,
  setScalar,
  setScalars,
  type YamlFile,
} from '@luban-ci/yaml-text';
import type { ImagePlace } from './image-place.ts';

/** Does what has to be done at all places of a file; what is in place already is left as it is. */
export function applyPlaces(yaml: YamlFile, places: readonly ImagePlace[]): YamlFile {
  const targets = places.flatMap(({ document, changes }) => (changes.set ?? []).map((each) => ({ ...each, document })));
  return places.reduce(withOtherChanges, setScalars(yaml, targets));
}

function withOtherChanges(yaml: YamlFile, { document, changes }: ImagePlace): YamlFile {
  const { insert = [], remove = [], rewrite } = changes;
  const inserted = insert.reduce((current, { path, key, value }) => {
    const isThere = nodeAt(current, [...path, key], document) !== undefined;
    return isThere
      ? setScalar(current, [...path, key], value, document)
      : insertEntry(current, path, key, value, document);
  }, yaml);
  const removed = remove.reduce((current, path) => removeEntry(current, path, document), inserted);
  return rewrite === undefined ? removed : setBlockText(removed, rewrite.path, rewrite.text, document);
}
