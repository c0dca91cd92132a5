import { readFile, writeFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { type Description, operationOf } from './operation.ts';
import { supplement } from './supplement.ts';

/** What is taken of Harbor's description. */
const wanted = [
  'DELETE /labels/{label_id}',
  'DELETE /projects/{project_name_or_id}',
  'DELETE /robots/{robot_id}',
  'GET /labels',
  'GET /projects',
  'GET /projects/{project_name_or_id}/_deletable',
  'GET /robots',
  'PATCH /robots/{robot_id}',
  'POST /labels',
  'POST /projects',
  'POST /robots',
  'PUT /projects/{project_name_or_id}',
  'PUT /robots/{robot_id}',
];

/** `node extract.ts <swagger.yaml>`: see README.md of this package for where that is. */
const [file = ''] = process.argv.slice(2);
// One quoted text of the published file is indented less than YAML wants; it is read all the same.
const document: unknown = parseDocument(await readFile(file, 'utf8')).toJS();
const description: Description = {
  source: 'github.com/goharbor/go-client v0.213.1, api/v2.0/swagger.yaml (API 2.0)',
  licence: 'Apache-2.0',
  operations: Object.fromEntries(wanted.map((place) => [place, operationOf(document, place, supplement[place] ?? [])])),
};

/** One operation a line, so that a new version can be compared with the one before. */
const lines = Object.entries(description.operations).map(
  ([place, operation]) => `    ${JSON.stringify(place)}: ${JSON.stringify(operation)}`,
);
const head = `  "source": ${JSON.stringify(description.source)},\n  "licence": ${JSON.stringify(description.licence)},\n`;
const text = `{\n${head}  "operations": {\n${lines.join(',\n')}\n  }\n}\n`;
await writeFile(new URL('harbor.generated.json', import.meta.url), text);
