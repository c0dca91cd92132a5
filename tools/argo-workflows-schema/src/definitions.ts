import schema from './schema.generated.json' with { type: 'json' };

/** One type of Argo or Kubernetes as far as the generated schema describes it. */
export interface SchemaNode {
  $ref?: string;
  type?: string | readonly string[];
  const?: string;
  enum?: readonly string[];
  items?: SchemaNode;
  properties?: Readonly<Record<string, SchemaNode>>;
  required?: readonly string[];
  additionalProperties?: boolean | SchemaNode;
}

/** Every type by its name: bare for Argo's own (`DAGTask`), `core.v1.EnvVar` for those of Kubernetes. */
export const schemaDefinitions: Readonly<Record<string, SchemaNode>> = schema.$defs;

/** The name behind a `$ref` of the schema. */
export function definitionName(node: SchemaNode): string | undefined {
  return node.$ref?.replace('#/$defs/', '');
}
