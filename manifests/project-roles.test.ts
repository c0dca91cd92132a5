import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const Rule = z.object({
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  resourceNames: z.array(z.string()).optional(),
  verbs: z.array(z.string()),
});
type Rule = z.output<typeof Rule>;
const Role = z.object({ kind: z.string(), metadata: z.object({ name: z.string() }), rules: z.array(Rule) });

async function rulesIn(file: string): Promise<Map<string, Rule[]>> {
  const text = await readFile(new URL(file, import.meta.url), 'utf8');
  const roles = parseAllDocuments(text).flatMap((document) => Role.safeParse(document.toJS()).data ?? []);
  return new Map(roles.map(({ metadata, rules }) => [metadata.name, rules]));
}

/** As the API server's authorizer decides it (RuleAllows of k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac). */
function may(rules: readonly Rule[] | undefined, verb: string, what: string): boolean {
  const [resource = '', group = ''] = what.split('@');
  const fits = (allowed: readonly string[], wanted: string): boolean =>
    allowed.includes('*') || allowed.includes(wanted);
  return (rules ?? []).some(
    (rule) =>
      rule.resourceNames === undefined &&
      fits(rule.apiGroups, group) &&
      fits(rule.resources, resource) &&
      fits(rule.verbs, verb),
  );
}

const workflows = 'workflows@argoproj.io';
const roles = await rulesIn('base/project-roles.yaml');
const [developer, admin] = [roles.get('luban-project-developer'), roles.get('luban-project-admin')];

test.each([
  ['view', 'get', workflows],
  ['list', 'list', workflows],
  ['submit and resubmit', 'create', workflows],
  ['find what to submit', 'get', 'workflowtemplates@argoproj.io'],
  ['read logs', 'get', 'pods/log'],
])('admins and developers may %s', (_, verb, what) => {
  expect([may(admin, verb, what), may(developer, verb, what)]).toEqual([true, true]);
});

test.each(['delete', 'deletecollection', 'update', 'patch'])('upstream-9.5: only admins may %s workflows', (verb) => {
  expect([may(admin, verb, workflows), may(developer, verb, workflows)]).toEqual([true, false]);
});

test.each([
  ['read Secrets', 'get', 'secrets'],
  ['list Secrets', 'list', 'secrets'],
  ['run pods of their own', 'create', 'pods'],
  ['look into pods', 'create', 'pods/exec'],
  ['change templates', 'update', 'workflowtemplates@argoproj.io'],
  ['give themselves rights', 'create', 'rolebindings@rbac.authorization.k8s.io'],
  ['act as an account', 'create', 'serviceaccounts/token'],
  ['lift their limits', 'update', 'resourcequotas'],
])('neither admins nor developers may %s', (_, verb, what) => {
  expect([may(admin, verb, what), may(developer, verb, what)]).toEqual([false, false]);
});

test('the account of pipelines may do what its two workflows need, and nothing beside it', async () => {
  const needed = await Promise.all([
    rulesIn('../workflows/luban-ci-kpack-template/rbac.yaml'),
    rulesIn('../workflows/luban-promotion-template/rbac.yaml'),
  ]);

  const flat = (rules: readonly Rule[]) =>
    [
      ...new Set(
        rules.flatMap((rule) =>
          rule.resources.flatMap((resource) =>
            rule.verbs.map((verb) => [rule.apiGroups[0], resource, rule.resourceNames ?? '*', verb].join(' ')),
          ),
        ),
      ),
    ].toSorted();

  expect(flat(roles.get('luban-workflow-runner') ?? [])).toEqual(
    flat(needed.flatMap((each) => [...each.values()].flat())),
  );
});

test('upstream-S2: set-up reads no Secret of the whole cluster, and binds only the roles of a project', async () => {
  const rules = await rulesIn('../workflows/namespace-provision-template/rbac.yaml');
  const everywhere = rules.get('luban-namespaces') ?? [];

  const binding = everywhere.filter(({ verbs }) => verbs.includes('bind'));

  expect(may(everywhere, 'get', 'secrets')).toBe(false);
  expect(everywhere.flatMap(({ verbs }) => verbs)).not.toContain('escalate');
  expect(everywhere.flatMap(({ verbs, resources }) => [...verbs, ...resources])).not.toContain('*');
  expect(binding.map(({ resourceNames }) => resourceNames?.toSorted())).toEqual([
    [
      'luban-dispatcher-submit',
      'luban-namespace-provisioner',
      'luban-project-admin',
      'luban-project-developer',
      'luban-workflow-runner',
    ],
  ]);
});

test('upstream-S2: the dispatcher, which events reach, holds none of the rights of set-up', async () => {
  const names = [
    'harbor-project-setup',
    'argocd-project-setup',
    'argocd-app-setup',
    'namespace-provision',
    'luban-project-setup',
  ];
  const texts = await Promise.all(
    names.map((name) => readFile(new URL(`../workflows/${name}-template/rbac.yaml`, import.meta.url), 'utf8')),
  );

  expect(texts.filter((text) => text.includes('luban-ci-sa'))).toEqual([]);
});
