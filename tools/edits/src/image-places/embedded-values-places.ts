import { dataOf, parseYaml, type YamlPath } from '@luban-ci/yaml-text';
import { mayCarry } from '../image-reference.ts';
import { applyPlaces } from './apply-places.ts';
import { type DocumentView, formatPath, type ImagePlace, type WantedVersion } from './image-place.ts';
import { valuesPlaces } from './values-places.ts';

/** Images in values that are kept as one text inside a manifest: an Application's `helm.values`, k3s's `valuesContent`. */
export function embeddedValuesPlaces(
  view: DocumentView,
  text: unknown,
  path: YamlPath,
  wanted: WantedVersion,
): ImagePlace[] {
  if (typeof text !== 'string' || !mayCarry(text, wanted.image)) return [];
  const yaml = parseYaml(text, `${view.yaml.file}: ${formatPath(path)}`);
  const places = yaml.documents.flatMap((_, document) =>
    valuesPlaces({ yaml, document, data: dataOf(yaml, document) }, dataOf(yaml, document), [], wanted),
  );
  const [first] = places;
  if (first === undefined) return [];
  const rewrite = { path, text: applyPlaces(yaml, places).text };
  return [{ layout: 'helm', document: view.document, path, found: first.found, changes: { rewrite } }];
}
