import {
  type Access,
  accesses,
  allowedIn,
  dangerous,
  type Permission,
  type Place,
  places,
  showPermission,
} from './permissions.ts';

/** One thing to ask of the cluster, and what it should say. */
export interface Question {
  access: Access;
  place: Place;
  permission: Permission;
  expected: 'yes' | 'no';
}

/** What every account is asked in a place: all that it may there, and all that is dangerous. */
export function questionsOf(access: Access, place: Place): Question[] {
  const allowed = allowedIn(access, place);
  const known = new Set(allowed.map(showPermission));
  const others = dangerous.filter((each) => !known.has(showPermission(each)));
  return [
    ...allowed.map((permission) => ({ access, place, permission, expected: 'yes' as const })),
    ...others.map((permission) => ({ access, place, permission, expected: 'no' as const })),
  ];
}

/** Every pair of an account and a place of which this is true. */
export function askedPairs(isThere: (place: Place, account?: string) => boolean): [Access, Place][] {
  return accesses
    .filter(({ account, home }) => isThere(home, account))
    .flatMap((access) => places.filter((place) => isThere(place)).map((place): [Access, Place] => [access, place]));
}

/** A rule as Kubernetes has it, of a role or of a SelfSubjectRulesReview. */
export interface Rule {
  verbs: readonly string[];
  apiGroups: readonly string[];
  resources: readonly string[];
  resourceNames?: readonly string[] | undefined;
}

/** Every permission that a rule gives, by its text; `*` stays as it is, and so is never one that was expected. */
export function permissionsIn(rules: readonly Rule[]): Set<string> {
  const texts = rules.flatMap(({ verbs, apiGroups, resources, resourceNames = [] }) =>
    apiGroups.flatMap((group) =>
      resources.flatMap((text) => {
        const [plural = '', subresource] = text.split('/');
        const resource = group === '' ? plural : `${plural}.${group}`;
        const kind = { resource, ...(subresource === undefined ? {} : { subresource }) };
        const objects = resourceNames.length === 0 ? [kind] : resourceNames.map((name) => ({ ...kind, name }));
        return verbs.flatMap((verb) => objects.map((object) => showPermission({ verb, ...object })));
      }),
    ),
  );
  return new Set(texts);
}

/** What rules give beyond what an account should have: not what Kubernetes gives to everybody, to ask about themselves. */
export function beyond(access: Access, place: Place, rules: readonly Rule[]): string[] {
  const allowed = new Set(allowedIn(access, place).map(showPermission));
  const isAboutOneself = (text: string): boolean => /^create self\w+\.auth(entication|orization)\.k8s\.io$/.test(text);
  return [...permissionsIn(rules)].filter((text) => !allowed.has(text) && !isAboutOneself(text)).toSorted();
}
