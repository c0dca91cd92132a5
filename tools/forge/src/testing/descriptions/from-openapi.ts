import type { Operation, Schema } from './description.ts';

type Json = Record<string, unknown>;

/** How deep objects are kept: what is below is only said to be there. */
const deepest = { body: 4, answer: 2 };

/** One operation of an OpenAPI 3 or Swagger 2 document, with its references resolved and its prose left out. */
export function operationOf(document: Json, place: string): Operation {
  const [method = '', path = ''] = place.split(' ');
  const found = at(document, ['paths', path, method.toLowerCase()]);
  if (Object.keys(found).length === 0) throw new Error(`the description does not know ${place}`);
  const parameters = listAt(found, 'parameters').map((each) => resolved(document, each));
  const inBody = parameters.find((each) => each['in'] === 'body');
  const body = inBody?.['schema'] ?? at(found, ['requestBody', 'content', 'application/json'])['schema'];
  const answers = Object.entries(at(found, ['responses'])).map(([status, each]) => [
    status,
    answerSchema(document, resolved(document, each)),
  ]);
  return {
    query: parameters.filter((each) => each['in'] === 'query').map((each) => String(each['name'])),
    ...(body === undefined ? {} : { body: cut(document, body, deepest.body) }),
    answers: Object.fromEntries(answers),
  };
}

function answerSchema(document: Json, answer: Json): Schema | null {
  const schema = answer['schema'] ?? at(answer, ['content', 'application/json'])['schema'];
  return schema === undefined ? null : cut(document, schema, deepest.answer);
}

const kept = ['type', 'enum', 'required', 'additionalProperties', 'minimum', 'maximum', 'maxLength', 'minLength'];

/** `depth` is how many levels of objects are still kept. */
function cut(document: Json, given: unknown, depth: number): Schema {
  const schema = resolved(document, given);
  // Swagger 2 cannot say that something may be null, and Gitea's pointers often are
  const isNullable = schema['nullable'] === true || document['swagger'] === '2.0';
  const shape = isNullable ? orNull(shapeOf(document, schema, depth)) : shapeOf(document, schema, depth);
  return Object.keys(shape).length === 0 ? true : shape;
}

function shapeOf(document: Json, schema: Json, depth: number): Json {
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    // `oneOf` of GitHub often fits twice; whichever one fits will do
    const name = key === 'allOf' ? 'allOf' : 'anyOf';
    const choices = listAt(schema, key).map((each) => cut(document, each, depth));
    if (choices.length > 0) return { [name]: choices };
  }
  if (schema['items'] !== undefined) return { type: 'array', items: cut(document, schema['items'], depth) };
  const properties = at(schema, ['properties']);
  if (Object.keys(properties).length === 0) {
    const { required: _, additionalProperties: __, ...plain } = picked(schema);
    return plain;
  }
  if (depth === 0) return { type: 'object' };
  const cuts = Object.entries(properties).map(([name, each]) => [name, cut(document, each, depth - 1)]);
  const { additionalProperties: _, ...rest } = picked(schema);
  return { ...rest, type: 'object', properties: Object.fromEntries(cuts) };
}

function picked(schema: Json): Json {
  return Object.fromEntries(kept.flatMap((key) => (schema[key] === undefined ? [] : [[key, schema[key]]])));
}

function orNull(shape: Json): Json {
  const { type } = shape;
  if (typeof type === 'string' && shape['enum'] === undefined) return { ...shape, type: [type, 'null'] };
  if (Array.isArray(shape['anyOf'])) return { anyOf: [...shape['anyOf'], { type: 'null' }] };
  return Object.keys(shape).length === 0 ? shape : { anyOf: [shape, { type: 'null' }] };
}

function resolved(document: Json, value: unknown): Json {
  const schema = { ...Object(value) };
  const reference: unknown = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  return resolved(document, at(document, reference.replace('#/', '').split('/')));
}

function at(value: Json, path: readonly string[]): Json {
  let here: unknown = value;
  for (const step of path) here = Object(here)[step];
  return { ...Object(here) };
}

function listAt(value: Json, key: string): unknown[] {
  const found = value[key];
  return Array.isArray(found) ? found : [];
}
