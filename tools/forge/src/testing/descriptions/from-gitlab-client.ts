import { globSync, readFileSync } from 'node:fs';
import type { Operation, Schema } from './description.ts';
import { readGoTypes } from './go-types.ts';

const function_ = /^func \(s \*(\w+)\) (\w+)\(([^)]*)\) \(([^\n]*)\) \{\n([\s\S]*?)^\}/gm;

/** Operations by service and function of `client-go`, which says route, method, options and answer in each function. */
export function gitLabOperations(folder: string, wanted: readonly string[]): Record<string, Operation> {
  const types = readGoTypes(folder);
  const operations: Record<string, Operation> = {};
  for (const path of globSync('*.go', { cwd: folder })) {
    for (const [, service, name, takes = '', gives = '', body = ''] of readFileSync(
      `${folder}/${path}`,
      'utf8',
    ).matchAll(function_)) {
      if (!wanted.includes(`${service}.${name}`)) continue;
      const method = (/http\.Method(\w+)/.exec(body)?.[1] ?? 'Get').toUpperCase();
      const route = (/withPath\("([^"]+)"/.exec(body)?.[1] ?? '').replaceAll(/%[sd]/g, '{}');
      const options = /opts? (\*\w+)/.exec(takes)?.[1];
      const answer = gives.startsWith('*Response') ? undefined : gives.split(',')[0];
      operations[`${method} /${route}`] = {
        query: method === 'GET' && options !== undefined ? types.fieldNames(options, '', 'url') : [],
        ...(method === 'GET' || options === undefined ? {} : { body: types.schemaOf(options, '', 4) }),
        answers: answersOf(method, name ?? '', answer === undefined ? undefined : types.schemaOf(answer, '', 2)),
      };
    }
  }
  return operations;
}

/** "REST API: status codes": what is made is 201, what is deleted 204 without a body; "Delete a project" is 202. */
function answersOf(method: string, name: string, answer: Schema | undefined): Operation['answers'] {
  if (name === 'DeleteProject') return { 202: true };
  if (answer === undefined) return { 204: null };
  return { [method === 'POST' ? '201' : '200']: answer };
}
