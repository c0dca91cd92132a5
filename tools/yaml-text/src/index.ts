export { appendItem } from './append-item.ts';
export { insertEntry } from './insert-entry.ts';
export { isPlainString } from './plain-scalar.ts';
export { removeEntry } from './remove-entry.ts';
export { renderYaml, type YamlValue } from './render-value.ts';
export { type ScalarAt, scalarsOf } from './scalars.ts';
export { setBlockText } from './set-block-text.ts';
export { type ScalarTarget, type ScalarValue, setScalar, setScalars } from './set-scalar.ts';
export { dataOf, lineOf, nodeAt, parseYaml, textAt, type YamlFile, type YamlPath } from './yaml-file.ts';
