import { readdir, readFile } from 'node:fs/promises';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { Rule } from './questions.ts';

const repository = new URL('../../', import.meta.url);

const Named = z.object({ name: z.string(), namespace: z.string().optional() });
const RoleObject = z.object({
  kind: z.enum(['Role', 'ClusterRole']),
  metadata: Named,
  rules: z.array(
    z.object({
      apiGroups: z.array(z.string()),
      resources: z.array(z.string()),
      resourceNames: z.array(z.string()).optional(),
      verbs: z.array(z.string()),
    }),
  ),
});
export type RoleObject = z.output<typeof RoleObject>;

const BindingObject = z.object({
  kind: z.enum(['RoleBinding', 'ClusterRoleBinding']),
  metadata: Named,
  roleRef: z.object({ kind: z.string(), name: z.string() }),
  subjects: z.array(z.object({ kind: z.string(), name: z.string(), namespace: z.string().optional() })),
});
export type BindingObject = z.output<typeof BindingObject>;

/** Roles and who has them. */
export interface Rights {
  roles: readonly RoleObject[];
  bindings: readonly BindingObject[];
}

/** What our manifests hold; bindings in a project's namespaces are made by set-up. */
export async function shippedRights(): Promise<Rights> {
  const workflows = await readdir(new URL('workflows', repository));
  // These two are for who has no set-up; their rules are compared with luban-workflow-runner's beside them.
  const folders = workflows.filter((name) => !['luban-ci-kpack-template', 'luban-promotion-template'].includes(name));
  const texts = await Promise.all([
    readFile(new URL('manifests/base/project-roles.yaml', repository), 'utf8'),
    ...folders.map((name) => readFile(new URL(`workflows/${name}/rbac.yaml`, repository), 'utf8').catch(() => '')),
    readFile(new URL('manifests/events/bus/service-account.yaml', repository), 'utf8'),
  ]);
  const inPlatform = texts.length - 1;
  const objects = texts.flatMap((text, index) =>
    parseAllDocuments(text).map((document) => inNamespace(document.toJS(), index === inPlatform)),
  );
  return rightsOf(objects);
}

/** What kustomize does with the events. */
function inNamespace(object: unknown, isPlaced: boolean): unknown {
  if (!isPlaced) return object;
  const { metadata, subjects, ...rest } = z
    .looseObject({ metadata: z.looseObject({}), subjects: z.array(z.looseObject({})).optional() })
    .parse(object);
  const namespace = 'luban-ci';
  return { ...rest, metadata: { ...metadata, namespace }, subjects: subjects?.map((each) => ({ namespace, ...each })) };
}

export function rightsOf(objects: readonly unknown[]): Rights {
  return {
    roles: objects.flatMap((object) => RoleObject.safeParse(object).data ?? []),
    bindings: objects.flatMap((object) => BindingObject.safeParse(object).data ?? []),
  };
}

/**
 * The rules that hold for a service account in a namespace, or in none for the cluster as a whole, as the API server's
 * authorizer collects them (VisitRulesFor of k8s.io/kubernetes/pkg/registry/rbac/validation).
 */
export function rulesFor(
  { roles, bindings }: Rights,
  account: { name: string; namespace: string },
  namespace: string | undefined,
): Rule[] {
  const groups = ['system:authenticated', 'system:serviceaccounts', `system:serviceaccounts:${account.namespace}`];
  const isMeant = ({ subjects }: BindingObject): boolean =>
    subjects.some((each) =>
      each.kind === 'Group'
        ? groups.includes(each.name)
        : each.kind === 'ServiceAccount' && each.name === account.name && each.namespace === account.namespace,
    );
  const holds = ({ kind, metadata }: BindingObject): boolean =>
    kind === 'ClusterRoleBinding' || (namespace !== undefined && metadata.namespace === namespace);
  return bindings
    .filter((binding) => isMeant(binding) && holds(binding))
    .flatMap(({ roleRef, metadata }) => {
      const role = roles.find(
        (each) =>
          each.kind === roleRef.kind &&
          each.metadata.name === roleRef.name &&
          (each.kind === 'ClusterRole' || each.metadata.namespace === metadata.namespace),
      );
      if (role === undefined)
        throw new Error(`${metadata.name} binds ${roleRef.kind} ${roleRef.name}, which is not there`);
      return role.rules;
    });
}
