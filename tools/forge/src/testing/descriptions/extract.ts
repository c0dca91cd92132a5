import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Description, Operation } from './description.ts';
import { azureOperations } from './from-azure-client.ts';
import { gitLabOperations } from './from-gitlab-client.ts';
import { operationOf } from './from-openapi.ts';
import { withGiteaSupplement } from './gitea-supplement.ts';
import { azureFunctions, giteaOperations, gitHubOperations, gitLabFunctions } from './wanted-operations.ts';

/** `node extract.ts <api.github.com.json> <v1_json.tmpl> <client-go> <azuredevops/v7>`: see README.md for what these are. */
const [gitHubFile = '', giteaFile = '', gitLabFolder = '', azureFolder = ''] = process.argv.slice(2);

await write('github', {
  source: '@octokit/openapi 23.0.2, generated/api.github.com.json (API version 2022-11-28)',
  licence: 'MIT',
  operations: await fromFile(gitHubFile, gitHubOperations),
});
await write('gitea', {
  source: 'code.gitea.io/gitea v1.26.0, templates/swagger/v1_json.tmpl (API v1)',
  licence: 'MIT',
  operations: await fromFile(giteaFile, giteaOperations, withGiteaSupplement),
});
await write('gitlab', {
  source: 'gitlab.com/gitlab-org/api/client-go v1.46.0 (REST API v4)',
  licence: 'Apache-2.0',
  operations: gitLabOperations(gitLabFolder, gitLabFunctions),
});
await write('azure-devops', {
  source: 'github.com/microsoft/azure-devops-go-api/azuredevops/v7 v7.1.1-0.20241014080628-3045bdf43455 (REST API 7.1)',
  licence: 'MIT',
  operations: azureOperations(azureFolder, azureFunctions),
});

async function fromFile(
  path: string,
  places: readonly string[],
  supplemented = (document: Record<string, unknown>) => document,
): Promise<Record<string, Operation>> {
  const document = supplemented(JSON.parse(await readFile(path, 'utf8')));
  return Object.fromEntries(places.map((place) => [place, operationOf(document, place)]));
}

/** One operation a line, so that a new version of a description can be compared with the one before. */
async function write(name: string, { source, licence, operations }: Description): Promise<void> {
  const lines = Object.entries(operations)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([place, operation]) => `    ${JSON.stringify(place)}: ${JSON.stringify(operation)}`);
  const head = `  "source": ${JSON.stringify(source)},\n  "licence": ${JSON.stringify(licence)},\n`;
  const text = `{\n${head}  "operations": {\n${lines.join(',\n')}\n  }\n}\n`;
  await writeFile(join(import.meta.dirname, `${name}.generated.json`), text);
}
