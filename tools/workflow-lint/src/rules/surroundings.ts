import { dependsOf } from '@luban-ci/argo-local';
import type { EnvVar, Volume } from '@luban-ci/argo-workflows-schema';
import { messageOf } from '@luban-ci/core';
import { below, type Place } from '../documents.ts';
import type { LintContext, LintRoot, RootRule } from '../lint-context.ts';
import type { RuleId } from '../rule-reasons.ts';

/** upstream-B4: what a template mounts has to be a volume of the workflow that runs, or of the template itself. */
export function checkVolumes({ root, template, place, report }: LintContext): void {
  if (!root.runs) return;
  const claims = (root.spec.volumeClaimTemplates ?? []).map((claim) => claim.metadata?.name);
  const declared = [...(root.spec.volumes ?? []), ...(template.volumes ?? [])].map((volume) => volume.name);
  for (const [index, mount] of ((template.container ?? template.script)?.volumeMounts ?? []).entries()) {
    if (declared.includes(mount.name) || claims.includes(mount.name)) continue;
    const own = root.place.document === place.document;
    const kind = template.container === undefined ? 'script' : 'container';
    const at = own ? below(place, kind, 'volumeMounts', index) : below(root.place, 'volumes');
    const who = own ? 'is mounted' : `is mounted by the template ${template.name} of ${place.document.name}`;
    report('unknown-volume', at, `the volume ${mount.name} ${who}, but this workflow does not declare it`);
  }
}

/** Keys of ConfigMaps and Secrets, as far as it is known what there is. */
export function checkKeys(ctx: LintContext): void {
  const { template, place } = ctx;
  const kind = template.container === undefined ? 'script' : 'container';
  const variables = (template.container ?? template.script)?.env ?? [];
  for (const [index, variable] of variables.entries()) checkVariable(ctx, variable, below(place, kind, 'env', index));
  for (const [index, volume] of (template.volumes ?? []).entries())
    checkVolume(ctx, volume, below(place, 'volumes', index));
  for (const [index, { valueFrom }] of (template.inputs?.parameters ?? []).entries()) {
    const ref = valueFrom?.configMapKeyRef;
    const at = below(place, 'inputs', 'parameters', index);
    if (ref !== undefined && valueFrom?.default === undefined)
      checkKey(ctx, 'unknown-config-map-key', ref.name, ref.key, at);
  }
}

/** The same for what stands in the workflow's own spec. */
export const checkRootKeys: RootRule = (root, around) => {
  const ctx = { ...around, root };
  for (const [index, volume] of (root.spec.volumes ?? []).entries())
    checkVolume(ctx, volume, below(root.place, 'volumes', index));
  for (const [index, { valueFrom }] of (root.spec.arguments?.parameters ?? []).entries()) {
    const ref = valueFrom?.configMapKeyRef;
    const at = below(root.place, 'arguments', 'parameters', index);
    if (ref !== undefined && valueFrom?.default === undefined)
      checkKey(ctx, 'unknown-config-map-key', ref.name, ref.key, at);
  }
  for (const [index, { configMapKeyRef: ref }] of (root.spec.synchronization?.semaphores ?? []).entries()) {
    const at = below(root.place, 'synchronization', 'semaphores', index);
    if (ref !== undefined) checkKey(ctx, 'unknown-config-map-key', ref.name, ref.key, at);
  }
};

/** upstream-B5: the account that pods run under has to be there. */
export const checkServiceAccount: RootRule = (root, { documents, options, report }) => {
  const beside = documents.all
    .filter((document) => document.kind === 'ServiceAccount')
    .map((document) => document.name);
  const known = options.known?.serviceAccounts;
  const name = root.spec.serviceAccountName;
  if (name === undefined || (known === undefined && beside.length === 0)) return;
  if ([...beside, ...(known ?? []), 'default'].includes(name)) return;
  report(
    'unknown-service-account',
    below(root.place, 'serviceAccountName'),
    `there is no ServiceAccount called ${name}`,
  );
};

/** Every task waits for tasks that are there. */
export function checkDepends({ template, place, report }: LintContext): void {
  const tasks = template.dag?.tasks ?? [];
  const dependencies = new Map<string, readonly string[]>();
  for (const [index, task] of tasks.entries()) {
    try {
      dependencies.set(task.name, dependsOf(task, tasks).tasks);
    } catch (error) {
      report('depends', below(place, 'dag', 'tasks', index), messageOf(error));
    }
  }
  const circle = tasks.map(({ name }) => circleFrom(name, dependencies)).find((found) => found !== undefined);
  if (circle !== undefined)
    report('depends', below(place, 'dag'), `the tasks ${circle.join(' → ')} wait for each other`);
}

function circleFrom(start: string, dependencies: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const seen = new Set<string>();
  const visit = (name: string, path: readonly string[]): string[] | undefined => {
    if (name === start && path.length > 0) return [...path, name];
    if (seen.has(name)) return undefined;
    seen.add(name);
    return (dependencies.get(name) ?? [])
      .map((next) => visit(next, [...path, name]))
      .find((found) => found !== undefined);
  };
  return visit(start, []);
}

type Around = Pick<LintContext, 'documents' | 'options' | 'report'> & { root: LintRoot };

function checkVariable(ctx: Around, { valueFrom }: EnvVar, place: Place): void {
  const { configMapKeyRef, secretKeyRef } = valueFrom ?? {};
  if (configMapKeyRef !== undefined && configMapKeyRef.optional !== true) {
    checkKey(ctx, 'unknown-config-map-key', configMapKeyRef.name, configMapKeyRef.key, place);
  }
  if (secretKeyRef !== undefined && secretKeyRef.optional !== true) {
    checkKey(ctx, 'unknown-secret-key', secretKeyRef.name, secretKeyRef.key, place);
  }
}

function checkVolume(ctx: Around, { configMap, secret }: Volume, place: Place): void {
  if (configMap !== undefined && configMap.optional !== true) {
    checkKey(ctx, 'unknown-config-map-key', configMap.name, configMap.items?.[0]?.key, place);
  }
  if (secret !== undefined && secret.optional !== true) {
    checkKey(ctx, 'unknown-secret-key', secret.secretName, secret.items?.[0]?.key, place);
  }
}

/** A name with a tag in it is only known when the workflow runs. */
function checkKey(ctx: Around, rule: RuleId, name = '', key: string | undefined, place: Place): void {
  const isSecret = rule === 'unknown-secret-key';
  const { catalog } = ctx.documents;
  const beside = (isSecret ? catalog.secrets : catalog.configMaps).find((each) => each.name === name);
  const outside = isSecret ? ctx.options.known?.secrets : ctx.options.known?.configMaps;
  const keys = [...Object.keys(beside?.data ?? {}), ...(outside?.[name] ?? [])];
  if (name.includes('{{') || key?.includes('{{') || (outside === undefined && beside === undefined)) return;
  const kind = isSecret ? 'Secret' : 'ConfigMap';
  if (beside === undefined && outside?.[name] === undefined) {
    ctx.report(rule, place, `there is no ${kind} called ${name}`);
    return;
  }
  if (key !== undefined && !keys.includes(key)) ctx.report(rule, place, `the ${kind} ${name} has no key ${key}`);
}
