import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { closedDefinition, type Json, referencesOf } from './closed-definition.ts';

/** `node extract.ts <k8s.io/kubernetes> <argo-cd>`: folders of the two Go modules; README.md of this folder names them. */
const [kubernetes = '', argoCd = ''] = process.argv.slice(2);

/** Kinds of Kubernetes itself, by their names in its OpenAPI description. */
const wanted = {
  ConfigMap: 'io.k8s.api.core.v1.ConfigMap',
  LimitRange: 'io.k8s.api.core.v1.LimitRange',
  Namespace: 'io.k8s.api.core.v1.Namespace',
  PersistentVolumeClaim: 'io.k8s.api.core.v1.PersistentVolumeClaim',
  ResourceQuota: 'io.k8s.api.core.v1.ResourceQuota',
  Secret: 'io.k8s.api.core.v1.Secret',
  ServiceAccount: 'io.k8s.api.core.v1.ServiceAccount',
  NetworkPolicy: 'io.k8s.api.networking.v1.NetworkPolicy',
  ClusterRole: 'io.k8s.api.rbac.v1.ClusterRole',
  ClusterRoleBinding: 'io.k8s.api.rbac.v1.ClusterRoleBinding',
  Role: 'io.k8s.api.rbac.v1.Role',
  RoleBinding: 'io.k8s.api.rbac.v1.RoleBinding',
};
const customResources = { Application: 'application-crd.yaml', AppProject: 'appproject-crd.yaml' };
const metadata = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

const Swagger = z.object({ definitions: z.record(z.string(), z.record(z.string(), z.unknown())) });
const CustomResource = z.object({
  spec: z.object({
    versions: z.array(z.object({ schema: z.object({ openAPIV3Schema: z.record(z.string(), z.unknown()) }) })).length(1),
  }),
});

const swagger = await readFile(join(kubernetes, 'api/openapi-spec/swagger.json'), 'utf8');
const { definitions } = Swagger.parse(JSON.parse(swagger));
const found = new Map<string, Json>();
for (const name of [...Object.values(wanted), metadata]) collect(name);
for (const [kind, file] of Object.entries(customResources)) found.set(kind, await customResource(file));

const kinds = Object.fromEntries(
  [...Object.entries(wanted), ...Object.keys(customResources).map((kind) => [kind, kind] as const)].map(
    ([kind, name]) => [kind, { $ref: `#/$defs/${name}` }],
  ),
);
const sources = [
  'k8s.io/kubernetes v1.34.4, api/openapi-spec/swagger.json (Apache-2.0)',
  'github.com/argoproj/argo-cd/v3 v3.2.6, manifests/crds (Apache-2.0)',
];
const lines = [...found]
  .toSorted(([left], [right]) => (left < right ? -1 : 1))
  .map(([name, schema]) => `    ${JSON.stringify(name)}: ${JSON.stringify(schema)}`);
const head = `  "$comment": ${JSON.stringify(`Extracted from ${sources.join(' and ')}`)},\n  "kinds": ${JSON.stringify(kinds)},\n`;
await writeFile(
  join(import.meta.dirname, 'schemas.generated.json'),
  `{\n${head}  "$defs": {\n${lines.join(',\n')}\n  }\n}\n`,
);

function collect(name: string): void {
  const definition = definitions[name];
  if (found.has(name) || definition === undefined) return;
  const closed = closedDefinition(definition);
  found.set(name, closed);
  referencesOf(closed).forEach(collect);
}

/** The status of a custom resource is written by its controller, and is not looked at here. */
async function customResource(file: string): Promise<Json> {
  const { spec } = CustomResource.parse(parse(await readFile(join(argoCd, 'manifests/crds', file), 'utf8')));
  const schema = closedDefinition(spec.versions[0]?.schema.openAPIV3Schema ?? {});
  const properties = { ...Object(schema['properties']), metadata: { $ref: `#/$defs/${metadata}` }, status: true };
  return { ...schema, properties };
}
