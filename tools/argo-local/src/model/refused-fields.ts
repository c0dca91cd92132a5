import { definitionName, type SchemaNode, schemaDefinitions } from '@luban-ci/argo-workflows-schema';
import { fieldSupport } from './field-support.ts';

/**
 * Paths of all fields in `value` that a run on this machine does not support, such as `spec.templates[0].sidecars`.
 * `type` is a name of argo-workflows-schema; the value has already passed that schema.
 */
export function refusedFields(value: unknown, type: string, path: string): string[] {
  const support = fieldSupport[type];
  const properties = schemaDefinitions[type]?.properties ?? {};
  return entriesOf(value).flatMap(([field, inner]) => {
    const where = path === '' ? field : `${path}.${field}`;
    if (support?.noEffect?.includes(field)) return [];
    if (!support?.works.includes(field)) return [where];
    return refusedWithin(inner, properties[field] ?? {}, where);
  });
}

function refusedWithin(value: unknown, node: SchemaNode, path: string): string[] {
  const type = definitionName(node);
  if (type !== undefined) return refusedFields(value, type, path);
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => refusedWithin(each, node.items ?? {}, `${path}[${index}]`));
  }
  if (typeof node.additionalProperties !== 'object') return [];
  const values = node.additionalProperties;
  return entriesOf(value).flatMap(([key, inner]) => refusedWithin(inner, values, `${path}.${key}`));
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
