import { randomBytes } from 'node:crypto';
import type { StoredObject } from './object-store.ts';

type Fields = Record<string, unknown>;

/** Changes that Kubernetes refuses for good; what may not change is compared as JSON. */
const immutable: Readonly<Record<string, readonly string[]>> = {
  ClusterRoleBinding: ['roleRef'],
  RoleBinding: ['roleRef'],
  Secret: ['type'],
};

/** Names of the fields that a change must leave alone and does not. */
export function changedForGood(kind: string, before: Fields, after: Fields): string[] {
  return (immutable[kind] ?? []).filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

/** What a server writes into an object on its way in: defaults, canonical quantities, the token of an account. */
export function withServerFields(object: StoredObject): StoredObject {
  const { kind, metadata } = object;
  if (kind === 'Namespace') {
    const labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name };
    return { ...object, metadata: { ...metadata, labels }, status: { phase: 'Active' } };
  }
  if (kind === 'Secret') return withToken({ type: 'Opaque', ...object });
  if (kind === 'ResourceQuota' || kind === 'LimitRange') return { ...object, spec: canonical(object['spec']) };
  if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') return { ...object, subjects: subjectsOf(object) };
  return object;
}

/** The token controller fills what asks for it (kubernetes.io/service-account-token). */
function withToken(secret: StoredObject & { type?: unknown }): StoredObject {
  if (secret.type !== 'kubernetes.io/service-account-token') return secret;
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const token = base64(randomBytes(24).toString('base64url'));
  const data = { namespace: base64(secret.metadata.namespace ?? ''), token, ...Object(secret['data']) };
  return { ...secret, data };
}

function subjectsOf({ subjects }: Fields): unknown {
  const apiGroup = 'rbac.authorization.k8s.io';
  if (!Array.isArray(subjects)) return subjects;
  return subjects.map((subject) => (subject.kind === 'ServiceAccount' ? subject : { apiGroup, ...subject }));
}

/** `20000m` is kept as `20`, and `0.05` as `50m` (k8s.io/apimachinery/pkg/api/resource, CanonicalizeBytes). */
function canonical(value: unknown): unknown {
  if (typeof value === 'string') return canonicalText(value);
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, canonical(each)]));
}

function canonicalText(text: string): string {
  const [, digits, isMilli] = /^(\d+(?:\.\d+)?)(m?)$/.exec(text) ?? [];
  if (digits === undefined) return text;
  const thousandths = Math.round(isMilli === 'm' ? Number(digits) : Number(digits) * 1000);
  return thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`;
}
