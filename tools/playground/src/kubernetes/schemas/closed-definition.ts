export type Json = Record<string, unknown>;

const kept = ['type', 'enum', 'required', 'items', 'anyOf', 'minLength', 'maxLength', 'pattern', 'format', '$ref'];

/**
 * A schema of Kubernetes' OpenAPI, or of a custom resource's definition, as JSON Schema: without prose and defaults, and
 * closed where a server would drop what it does not know. Shapes with a word of their own are said by their patterns.
 */
export function closedDefinition(schema: Json): Json {
  if (schema['x-kubernetes-int-or-string'] === true || schema['format'] === 'int-or-string')
    return { type: ['integer', 'string'] };
  const plain = Object.fromEntries(kept.flatMap((key) => (schema[key] === undefined ? [] : [[key, schema[key]]])));
  const items = isMap(plain['items']) ? { items: closedDefinition(plain['items']) } : {};
  const reference =
    typeof plain['$ref'] === 'string' ? { $ref: plain['$ref'].replace('#/definitions/', '#/$defs/') } : {};
  return { ...plain, ...items, ...reference, ...fieldsOf(schema) };
}

function fieldsOf(schema: Json): Json {
  const { properties, additionalProperties } = schema;
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (isMap(properties)) {
    const closed = Object.entries(properties).map(([name, each]) => [
      name,
      isMap(each) ? closedDefinition(each) : true,
    ]);
    return { properties: Object.fromEntries(closed), ...(isOpen ? {} : { additionalProperties: false }) };
  }
  return isMap(additionalProperties) ? { additionalProperties: closedDefinition(additionalProperties) } : {};
}

/** Names of the definitions that a schema refers to, at any depth. */
export function referencesOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(referencesOf);
  if (!isMap(schema)) return [];
  return Object.entries(schema).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value.replace('#/$defs/', '')] : referencesOf(value),
  );
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
