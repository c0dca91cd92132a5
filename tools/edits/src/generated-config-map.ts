import { StepError } from '@luban-ci/core';
import { appendBlockItem, appendItem, dataOf, insertEntry, type YamlFile } from '@luban-ci/yaml-text';
import { isRecord } from './image-places/image-place.ts';

/**
 * A kustomization that generates a ConfigMap with a file of its folder; where it does so already, the same object comes
 * back.
 *
 * @throws StepError when `configMapGenerator` is something else than a list
 */
export function listGeneratedFile(yaml: YamlFile, configMap: string, file: string): YamlFile {
  const data = dataOf(yaml);
  const generators: unknown = isRecord(data) ? data['configMapGenerator'] : undefined;
  if (generators === undefined || generators === null || generators === '') {
    const entries = [{ name: configMap, files: [file] }];
    return generators === undefined
      ? insertEntry(yaml, [], 'configMapGenerator', entries)
      : appendItem(yaml, ['configMapGenerator'], { name: configMap, files: [file] });
  }
  if (!Array.isArray(generators)) throw new StepError(`${yaml.file} has no list as configMapGenerator`);
  const at = generators.findIndex((each: unknown) => isRecord(each) && each['name'] === configMap);
  if (at === -1) return appendBlockItem(yaml, ['configMapGenerator'], { name: configMap, files: [file] });
  return withFile(yaml, generators[at], at, file);
}

function withFile(yaml: YamlFile, generator: unknown, at: number, file: string): YamlFile {
  const files: unknown = isRecord(generator) ? generator['files'] : undefined;
  if (files === undefined) return insertEntry(yaml, ['configMapGenerator', at], 'files', [file]);
  // `key=path` gives a file another key.
  const isListed = Array.isArray(files) && files.some((each) => each === file || each === `${file}=${file}`);
  return isListed ? yaml : appendBlockItem(yaml, ['configMapGenerator', at, 'files'], file);
}
