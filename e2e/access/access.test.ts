import { localProject } from '@luban-ci/gitops-utils/testing';
import { createKube } from '@luban-ci/kube/client';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AskedCluster } from './asked-cluster.ts';
import { accesses, type Place, places, showPermission } from './permissions.ts';
import { permissionsIn, type Rule } from './questions.ts';
import { type Rights, type RoleObject, rightsOf, rulesFor, shippedRights } from './shipped-rights.fixture.ts';
import { differences, table, validate } from './validate.ts';

const namespaces: Partial<Record<Place, string>> = {
  ...{ platform: 'luban-ci', build: 'snd-payment', release: 'prd-payment', argocd: 'argocd' },
};

/** A cluster whose rights are these, answering as the API server's authorizer does. */
function clusterWith(rights: Rights): AskedCluster {
  const rulesOf = (access: (typeof accesses)[number], place: Place): Rule[] =>
    rulesFor(rights, { name: access.account, namespace: namespaces[access.home] ?? '' }, namespaces[place]);
  return {
    has: () => true,
    rulesOf: async (access, place) => rulesOf(access, place),
    mayDo: async (access, place, permissions) => {
      const given = permissionsIn(rulesOf(access, place));
      return permissions.map((permission) => {
        const { name: _, ...kind } = permission;
        return given.has(showPermission(permission)) || given.has(showPermission(kind)) ? 'yes' : 'no';
      });
    },
  };
}

const foundWith = async (rights: Rights): Promise<string[]> => differences(await validate(clusterWith(rights)));

/** The roles that we ship, and the bindings that we ship or set-up makes in a cluster. */
let rights: Rights;
beforeAll(async () => {
  await using project = await localProject({ namespaces: [], repositories: false });
  const given = { project_name: 'payment', git_organization: 'metasync', create_test_users: 'yes' };
  for (const environment of ['snd', 'prd']) {
    await project.run('namespace-provision-template', { ...given, environment }, 'luban-ci');
  }
  const kube = createKube({ kubeconfig: project.kubeconfig });
  const made = await Promise.all(
    ['snd-payment', 'prd-payment'].map((namespace) =>
      kube.list({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', namespace }),
    ),
  );
  const shipped = await shippedRights();
  rights = { roles: shipped.roles, bindings: [...shipped.bindings, ...rightsOf(made.flat()).bindings] };
}, 300_000);

test('everybody may what permissions.ts says by the roles that we ship, and nothing else', async () => {
  const rows = await validate(clusterWith(rights));

  expect(differences(rows)).toEqual([]);
  expect(rows.filter(({ question }) => question === 'anything else')).toHaveLength(accesses.length * places.length);
  expect(table(rows).split('\n').slice(0, 2)).toEqual([
    expect.stringMatching(/^who +where +may they +expected +answer$/),
    expect.stringMatching(/^admin +platform +get clusterworkflowtemplates\.argoproj\.io +yes +yes$/),
  ]);
});

describe('a permission that is wrong in either direction is found', () => {
  const withRole = (changed: RoleObject, rules: RoleObject['rules']): Rights => ({
    ...rights,
    roles: rights.roles.map((role) => (role === changed ? { ...role, rules } : role)),
  });

  /** What every account may do everywhere; a rule that two of its roles have changes nothing when one of them loses it. */
  const effective = (given: Rights): string =>
    JSON.stringify(
      accesses.flatMap(({ account, home }) =>
        places.map((place) =>
          [
            ...permissionsIn(rulesFor(given, { name: account, namespace: namespaces[home] ?? '' }, namespaces[place])),
          ].toSorted(),
        ),
      ),
    );

  test('every role that we ship is somebody’s', () => {
    const bound = rights.bindings.map(({ roleRef, metadata: { namespace } }) =>
      roleRef.kind === 'ClusterRole' ? roleRef.name : `${namespace}/${roleRef.name}`,
    );

    const names = rights.roles.map(({ kind, metadata: { name, namespace } }) =>
      kind === 'ClusterRole' ? name : `${namespace}/${name}`,
    );

    expect(names.filter((name) => !bound.includes(name))).toEqual([]);
  });

  test('any verb less in any role', async () => {
    const before = effective(rights);
    const tried: string[] = [];
    const unnoticed: string[] = [];
    for (const role of rights.roles) {
      const { metadata, rules } = role;
      for (const [index, rule] of rules.entries()) {
        for (const verb of rule.verbs) {
          const fewer = { ...rule, verbs: rule.verbs.filter((each) => each !== verb) };
          const wrong = withRole(role, rules.with(index, fewer));
          if (effective(wrong) === before) continue;
          tried.push(`${metadata.name}: ${verb}`);
          if ((await foundWith(wrong)).length === 0) unnoticed.push(`${metadata.name}: ${verb} ${rule.resources}`);
        }
      }
    }

    expect(tried.length).toBeGreaterThan(80);
    expect(unnoticed).toEqual([]);
  });

  test('any verb more in any role, and any resource', async () => {
    const unnoticed: string[] = [];
    for (const role of rights.roles) {
      const { metadata, rules } = role;
      for (const [index, rule] of rules.entries()) {
        const more = { ...rule, verbs: [...rule.verbs, 'escalate'] };
        const wider = { ...rule, resources: [...rule.resources, '*'] };
        for (const wrong of [more, wider]) {
          const found = await foundWith(withRole(role, rules.with(index, wrong)));
          if (found.length === 0) unnoticed.push(`${metadata.name}: ${wrong.verbs} ${wrong.resources}`);
        }
      }
    }

    expect(unnoticed).toEqual([]);
  });

  test('a binding less, and one more', async () => {
    const less = rights.bindings.filter(
      ({ metadata: { name, namespace } }) => `${namespace}/${name}` !== 'snd-payment/project-developers',
    );
    const view = { kind: 'ClusterRole' as const, metadata: { name: 'view' }, rules: [] as RoleObject['rules'] };
    view.rules.push({ apiGroups: [''], resources: ['secrets'], verbs: ['get'] });
    const subject = { kind: 'ServiceAccount', name: 'test-project-developer', namespace: 'snd-payment' };
    const extra = {
      ...{ kind: 'RoleBinding' as const, metadata: { name: 'extra', namespace: 'luban-ci' } },
      ...{ roleRef: { kind: 'ClusterRole', name: 'view' }, subjects: [subject] },
    };

    const missing = await foundWith({ ...rights, bindings: less });
    const added = await foundWith({ roles: [...rights.roles, view], bindings: [...rights.bindings, extra] });

    expect(missing).toContain('developer in build: create workflows.argoproj.io should be yes, and is no');
    expect(added).toEqual([
      'developer in platform: get secrets should be no, and is yes',
      'developer in platform: anything else should be no, and is get secrets',
    ]);
  });
});
