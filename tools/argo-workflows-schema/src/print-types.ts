import { definitionName, type SchemaNode } from './definitions.ts';

/** TypeScript for every definition: structs become interfaces, sorted as in the schema. */
export function printTypes(definitions: Readonly<Record<string, SchemaNode>>): string {
  const interfaces = Object.entries(definitions).map(([name, node]) => printInterface(name, node));
  return `// Generated from schema.generated.json by write-types.ts.\n\n${interfaces.join('\n')}`;
}

function printInterface(name: string, node: SchemaNode): string {
  const required = new Set(node.required ?? []);
  const fields = Object.entries(node.properties ?? {}).map(
    ([field, type]) => `  ${propertyName(field)}${required.has(field) ? '' : '?'}: ${printType(type)};\n`,
  );
  return `export interface ${typeName(name)} {\n${fields.join('')}}\n`;
}

function printType(node: SchemaNode): string {
  const referred = definitionName(node);
  if (referred !== undefined) return typeName(referred);
  if (node.const !== undefined) return `'${node.const}'`;
  if (node.enum !== undefined) return node.enum.map((value) => `'${value}'`).join(' | ');
  const types = [node.type ?? []].flat();
  if (types.length === 0) return 'unknown';
  return types.map((type) => printPlainType(type, node)).join(' | ');
}

function printPlainType(type: string, node: SchemaNode): string {
  if (type === 'array') return `readonly (${printType(node.items ?? {})})[]`;
  if (type === 'integer') return 'number';
  if (type !== 'object') return type;
  const values = typeof node.additionalProperties === 'object' ? printType(node.additionalProperties) : 'unknown';
  return `Readonly<Record<string, ${values}>>`;
}

/** `core.v1.EnvVar` is EnvVar; a name that Argo has too gets the group in front. */
function typeName(name: string): string {
  const [group = '', , own] = name.split('.');
  if (own === undefined) return name;
  return ['HTTPHeader'].includes(own) ? `${group.charAt(0).toUpperCase()}${group.slice(1)}${own}` : own;
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`;
}
