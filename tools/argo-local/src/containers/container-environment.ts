import type { Container, EnvFromSource, EnvVar, ScriptTemplate } from '@luban-ci/argo-workflows-schema';
import { InputError } from '@luban-ci/core';
import { type Catalog, findKeyedData, type KeyedData } from '../model/catalog.ts';

interface Surroundings {
  namespace: string;
  podName: string;
  catalog: Catalog;
}

export interface ContainerEnvironment {
  values: Record<string, string>;
  /** Values that came from Secrets; no log may show them. */
  secrets: string[];
}

/**
 * The environment that a container's spec gives it, `envFrom` first. `$(NAME)` in a value stands for a variable defined
 * before it, as the kubelet expands it.
 *
 * @throws InputError for a ConfigMap, Secret or key that is not there and not optional
 */
export function containerEnvironment(
  container: Container | ScriptTemplate,
  around: Surroundings,
): ContainerEnvironment {
  const values: Record<string, string> = {};
  const secrets: string[] = [];
  for (const source of container.envFrom ?? []) {
    const found = valuesFrom(source, around);
    Object.assign(values, found);
    if (source.secretRef !== undefined) secrets.push(...Object.values(found));
  }
  for (const variable of container.env ?? []) {
    const value = valueOfVariable(variable, around);
    if (value === undefined) continue;
    values[variable.name] = variable.valueFrom === undefined ? expandReferences(value, values) : value;
    if (isSecret(variable)) secrets.push(value);
  }
  return { values, secrets };
}

/** A user name in a Secret (kubernetes.io/basic-auth) is a word like others; without it logs could not be read. */
function isSecret({ valueFrom }: EnvVar): boolean {
  return valueFrom?.secretKeyRef !== undefined && valueFrom.secretKeyRef.key !== 'username';
}

/**
 * Replaces `$(NAME)` where NAME is defined, and `$$(NAME)` by the text `$(NAME)`; everything else stays
 * (k8s.io/kubernetes/third_party/forked/golang/expansion).
 */
export function expandReferences(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\$|\$\(([^()]*)\)/g, (match, name: string | undefined) => {
    if (match === '$$') return '$';
    return name !== undefined && Object.hasOwn(values, name) ? (values[name] ?? match) : match;
  });
}

function valuesFrom(
  { configMapRef, secretRef, prefix = '' }: EnvFromSource,
  around: Surroundings,
): Record<string, string> {
  const [all, ref, kind] =
    configMapRef === undefined
      ? [around.catalog.secrets, secretRef, 'Secret']
      : [around.catalog.configMaps, configMapRef, 'ConfigMap'];
  const found = findKeyedData(all, ref?.name ?? '', around.namespace);
  if (found === undefined && ref?.optional !== true) throw new InputError(`the ${kind} ${ref?.name} is not there`);
  return Object.fromEntries(Object.entries(found?.data ?? {}).map(([key, value]) => [`${prefix}${key}`, value]));
}

/** Nothing for an optional reference that leads nowhere: the variable stays unset. */
function valueOfVariable({ name, value, valueFrom }: EnvVar, around: Surroundings): string | undefined {
  if (valueFrom === undefined) return value ?? '';
  const { configMapKeyRef, secretKeyRef, fieldRef } = valueFrom;
  if (configMapKeyRef !== undefined)
    return keyed(around.catalog.configMaps, configMapKeyRef, 'ConfigMap', name, around);
  if (secretKeyRef !== undefined) return keyed(around.catalog.secrets, secretKeyRef, 'Secret', name, around);
  if (fieldRef?.fieldPath === 'metadata.namespace') return around.namespace;
  if (fieldRef?.fieldPath === 'metadata.name') return around.podName;
  throw new InputError(`env ${name}: only the fields metadata.name and metadata.namespace are known here`);
}

function keyed(
  all: readonly KeyedData[],
  ref: { name?: string; key?: string; optional?: boolean },
  kind: string,
  variable: string,
  { namespace }: Surroundings,
): string | undefined {
  const value = findKeyedData(all, ref.name ?? '', namespace)?.data[ref.key ?? ''];
  if (value !== undefined || ref.optional === true) return value;
  throw new InputError(`env ${variable} wants the key ${ref.key} of the ${kind} ${ref.name}, which is not there`);
}
