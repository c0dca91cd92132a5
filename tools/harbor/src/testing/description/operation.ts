import { z } from 'zod';

/** JSON Schema, as far as the description goes. */
export type Schema = Readonly<Record<string, unknown>>;

/** What Harbor's published description says of one operation. */
export interface Operation {
  query: readonly string[];
  body?: Schema;
  /** By status; `null` for an answer without a body. */
  answers: Readonly<Record<string, Schema | null>>;
}

export interface Description {
  source: string;
  licence: string;
  /** `GET /projects`, below the API's root. */
  operations: Readonly<Record<string, Operation>>;
}

const Json = z.record(z.string(), z.unknown());

/** One operation of a Swagger 2 document, with its references resolved, its prose left out, and its objects closed. */
export function operationOf(document: unknown, place: string, moreStatuses: readonly string[]): Operation {
  const [method = '', path = ''] = place.split(' ');
  const found = at(document, ['paths', path, method.toLowerCase()]);
  const parameters = z
    .array(Json)
    .parse(found['parameters'] ?? [])
    .map((each) => resolved(document, each));
  const body = parameters.find((each) => each['in'] === 'body')?.['schema'];
  const answers = Object.entries(at(found, ['responses'])).map(([status, each]) => {
    const { schema } = resolved(document, each);
    return [status, schema === undefined ? null : closed(document, schema)];
  });
  return {
    query: parameters.filter((each) => each['in'] === 'query').map((each) => String(each['name'])),
    ...(body === undefined ? {} : { body: closed(document, body) }),
    answers: { ...Object.fromEntries(moreStatuses.map((status) => [status, {}])), ...Object.fromEntries(answers) },
  };
}

const kept = ['type', 'enum', 'required', 'maxLength', 'minLength', 'format'];

function closed(document: unknown, given: unknown): Schema {
  const schema = resolved(document, given);
  const plain = Object.fromEntries(kept.flatMap((key) => (schema[key] === undefined ? [] : [[key, schema[key]]])));
  // Swagger 2 has no word for null; Go's pointers say it with x-nullable.
  const type = schema['x-nullable'] === true ? { type: [schema['type'], 'null'] } : {};
  if (schema['items'] !== undefined) return { ...plain, ...type, items: closed(document, schema['items']) };
  if (schema['properties'] === undefined) return { ...plain, ...type };
  const properties = Object.entries(Json.parse(schema['properties'])).map(([name, each]) => [
    name,
    closed(document, each),
  ]);
  return { ...plain, ...type, properties: Object.fromEntries(properties), additionalProperties: false };
}

function resolved(document: unknown, value: unknown): Record<string, unknown> {
  const schema = Json.parse(value);
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  return { ...resolved(document, at(document, reference.replace('#/', '').split('/'))) };
}

/** @throws Error when the description does not have it */
function at(value: unknown, path: readonly string[]): Record<string, unknown> {
  let here: unknown = value;
  for (const step of path) here = Json.parse(here)[step];
  return Json.parse(here);
}
