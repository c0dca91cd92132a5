import { z } from 'zod';

/**
 * A group as the identity provider names it. What Argo CD refuses (validateGroupName of its v1alpha1 types) is refused here,
 * and so are Kubernetes' own groups: `system:authenticated` is everybody.
 */
const GroupName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^(?!\s)[^"\p{Cc}]*(?<!\s)$/u, 'expected the name of a group, without quotes and control characters')
  .refine((name) => !name.startsWith('system:'), 'expected a group of people; system: is Kubernetes’ own')
  .refine((name) => !/[{}]{2}/.test(name), 'expected a name without {{ or }}, which workflows take for a reference');

export function groupNames(description: string) {
  return z.array(GroupName).max(50).default([]).describe(description);
}

/** An expression of Argo Workflows' SSO that holds for members of any of the groups (expr-lang: JSON's texts are its own). */
export function memberOfAny(groups: readonly string[]): string {
  return groups.map((group) => `${JSON.stringify(group)} in groups`).join(' || ');
}
