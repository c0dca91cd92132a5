import { readFileSync } from 'node:fs';
import type { Operation, Schema } from './description.ts';
import { readGoTypes } from './go-types.ts';

/** What the client does not say, from the REST reference. */
export interface AzureOperation {
  /** Package and function: `git.GetRefs`. */
  function: string;
  status: string;
  /** Parameters that the client leaves out. */
  query?: readonly string[];
}

/** Operations by function of `azure-devops-go-api`; its functions know locations by id, so the routes are given. */
export function azureOperations(
  folder: string,
  wanted: Readonly<Record<string, AzureOperation>>,
): Record<string, Operation> {
  const types = readGoTypes(folder);
  return Object.fromEntries(
    Object.entries(wanted).map(([route, { function: place, status, query = [] }]) => {
      const [packageName = '', name = ''] = place.split('.');
      const source = readFileSync(`${folder}/${packageName}/client.go`, 'utf8');
      const found = new RegExp(`^func \\(client \\*ClientImpl\\) ${name}\\([\\s\\S]*?^\\}`, 'm').exec(source)?.[0];
      if (found === undefined) throw new Error(`the client does not know ${place}`);
      if (!found.includes(`http.Method${capital(route)}`)) throw new Error(`${place} is not ${route}`);
      const parameters = [...found.matchAll(/queryParams\.Add\("([^"]+)"/g)].map(([, each = '']) => each);
      const body = bodyOf(source, found, name);
      const answer = /var responseValue (\S+)/.exec(found)?.[1];
      return [
        route,
        {
          query: ['api-version', ...parameters, ...query],
          ...(body === undefined ? {} : { body: types.schemaOf(body, packageName, 4) }),
          answers: {
            [status]: answer === undefined ? null : listed(types.schemaOf(answerType(answer), packageName, 2)),
          },
        },
      ];
    }),
  );
}

function capital(route: string): string {
  const [method = ''] = route.split(' ');
  return `${method.slice(0, 1)}${method.slice(1).toLowerCase()}`;
}

function bodyOf(source: string, found: string, name: string): string | undefined {
  const argument = /json\.Marshal\(\*?args\.(\w+)\)/.exec(found)?.[1];
  const struct = new RegExp(`^type ${name}Args struct \\{[\\s\\S]*?^\\}`, 'm').exec(source)?.[0] ?? '';
  return argument === undefined ? undefined : new RegExp(`^\\t${argument} (\\S+)$`, 'm').exec(struct)?.[1];
}

/** Answers with a continuation token have a type of their own around the list. */
function answerType(type: string): string {
  const inside: Record<string, string> = {
    GetRefsResponseValue: '[]GitRef',
    GetPolicyConfigurationsResponseValue: '[]PolicyConfiguration',
  };
  return inside[type] ?? type;
}

/** Azure wraps every list. */
function listed(schema: Schema): Schema {
  if (schema === true || schema['type'] !== 'array') return schema;
  return { type: 'object', properties: { count: { type: 'integer' }, value: schema }, required: ['value'] };
}
