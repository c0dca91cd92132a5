import type { LubanConfig } from '@luban-ci/conventions';
import type { BadField } from '@luban-ci/core';
import type { WantedObject } from '@luban-ci/kube';
import type { SecretPlan } from './secret-plans.ts';
import { type GivenSecrets, secretRules } from './secret-rules.ts';

/** What can be made of what was given, and what is wrong with it. */
export interface WantedSecrets {
  secrets: WantedObject[];
  issues: BadField[];
}

/** @param namespace where Secrets go that say nothing else */
export function wantedSecrets(given: GivenSecrets, config: LubanConfig, namespace: string): WantedSecrets {
  const givenFor = (name: string): string => given.values.get(name) ?? given.files.get(name) ?? '';
  const rules = secretRules(config);
  const known = new Set(rules.flatMap(({ needs, optional = [] }) => [...needs, ...optional]));
  const issues: BadField[] = [...given.values.keys()]
    .filter((key) => !known.has(key))
    .map((field) => ({ field, expected: 'is not understood' }));
  const plans = new Map<string, SecretPlan>();
  for (const { needs, plan } of rules) {
    // What several need, as known_hosts, asks for none of them.
    const own = needs.filter((name) => rules.filter((rule) => rule.needs.includes(name)).length === 1);
    if (own.every((name) => givenFor(name) === '')) continue;
    const missing = needs.filter((name) => givenFor(name) === '');
    issues.push(...missing.map((field) => ({ field, expected: `required beside ${beside(needs, missing)}` })));
    if (missing.length === 0)
      for (const each of plan(givenFor)) plans.set(`${each.namespace ?? ''}/${each.name}`, each);
  }
  return { secrets: [...plans.values()].map((each) => secretOf(each, namespace)), issues };
}

function beside(needs: readonly string[], missing: readonly string[]): string {
  return needs.filter((name) => !missing.includes(name)).join(', ');
}

function secretOf(
  { name, namespace, type = 'Opaque', labels, annotations, data }: SecretPlan,
  own: string,
): WantedObject {
  const encoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace: namespace ?? own,
      labels: { 'app.kubernetes.io/part-of': 'luban-ci', ...labels },
      ...(annotations === undefined ? {} : { annotations }),
    },
    type,
    data: Object.fromEntries(encoded),
  };
}
