import type { Schema } from './descriptions/description.ts';

/**
 * What a stand-in answers, with every field that the description requires and nobody here looks at: the least value of its
 * type. So a client never sees less than the forge promises, nor more than it and the stand-in's own model say.
 */
export function completed(schema: Schema | null | undefined, value: unknown): unknown {
  if (schema == null || schema === true || typeof value !== 'object' || value === null) return value;
  const shape = objectShape(schema, value);
  if (Array.isArray(value)) return value.map((each) => completed(asSchema(shape['items']), each));
  const properties: Record<string, unknown> = { ...Object(shape['properties']) };
  const present = Object.entries(value).map(([name, each]) => [name, completed(asSchema(properties[name]), each)]);
  const required: unknown[] = Array.isArray(shape['required']) ? shape['required'] : [];
  const missing = required.map(String).filter((name) => !(name in value));
  return Object.fromEntries([...missing.map((name) => [name, least(asSchema(properties[name]))]), ...present]);
}

function least(schema: Schema): unknown {
  if (schema === true) return {};
  const { type } = schema;
  const choices = schema['anyOf'] ?? schema['allOf'];
  if (Array.isArray(choices)) {
    return choices.some((each) => each?.type === 'null') ? null : least(asSchema(choices[0]));
  }
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  if (Array.isArray(type)) return null;
  if (type === 'string') return '';
  if (type === 'integer' || type === 'number') return schema['minimum'] ?? 0;
  if (type === 'boolean') return false;
  if (type === 'array') return [];
  return completed(schema, {});
}

/** Of several choices the one that has a place for what is there. */
function objectShape(schema: Exclude<Schema, true>, value: object): Record<string, unknown> {
  const choices = schema['anyOf'];
  if (!Array.isArray(choices)) return { ...schema };
  const names = Object.keys(value);
  const fits = choices.filter((each) => names.every((name) => name in Object(each?.properties)));
  return { ...Object(fits[0] ?? choices[0]) };
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? { ...value } : true;
}
