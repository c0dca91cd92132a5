import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import {
  type Ensured,
  type EnsureOptions,
  ensureObject,
  type Mark,
  pruneObjects,
  type WantedObject,
  type WritableKube,
} from '@luban-ci/kube';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { requireCluster } from '../set-up/cluster-of-environment.ts';
import { type Outcome, setUpResult } from '../set-up/outcome.ts';
import { accessObjects } from './access-objects.ts';
import { limitObjects, namespaceObject, provisionerBinding } from './namespace-objects.ts';
import { pipelineObjects, semaphores } from './pipeline-objects.ts';
import { type Place, placesOf } from './place.ts';
import { madeKinds, removeNamespace } from './remove-namespace.ts';
import { credentialObjects } from './secret-objects.ts';
import { step } from './step.ts';
import { withoutNamespace } from './unmade-namespace.ts';
import { untilAllowed } from './until-allowed.ts';

type Inputs = InputsOf<typeof step>;
type Context = ContextOf<typeof step>;

export async function run(inputs: Inputs, ctx: Context): Promise<StepResult<OutputsOf<typeof step>>> {
  const { conventions, dryRun } = ctx;
  requireCluster(inputs.deployEnv, conventions, ctx.kubernetes.kubeconfig);
  const mark: Mark = { step: step.id, owner: inputs.projectName };
  const kube = await ctx.kubernetes.client();
  const outcomes: Outcome[] = [];
  const missing = new Set<string>();
  for (const place of placesOf(inputs, conventions)) {
    if (inputs.remove) outcomes.push(...(await removeNamespace(kube, place.namespace, { mark, dryRun })));
    else outcomes.push(...(await ensurePlace(kube, place, { mark, dryRun }, ctx, missing)));
  }
  for (const name of missing) ctx.log.warn(`There is no Secret ${name} in ${inputs.secretNamespace}`);
  const namespace = conventions.namespaceOf(inputs.deployEnv, inputs.projectName);
  const outputs = { namespace, missingSecrets: [...missing] };
  return setUpResult(`The namespace ${namespace}`, outcomes, dryRun, outputs);
}

async function ensurePlace(
  cluster: WritableKube,
  place: Place,
  options: EnsureOptions,
  ctx: Context,
  missing: Set<string>,
): Promise<Outcome[]> {
  const namespace = await ensureObject(cluster, namespaceObject(place), options);
  const isUnmade = options.dryRun && namespace.outcome === 'created';
  const kube = isUnmade ? withoutNamespace(cluster, place.namespace) : cluster;
  const binding = await ensureObject(kube, provisionerBinding(place), options);
  if (binding.outcome !== 'unchanged' && !options.dryRun) await untilAllowed(kube, place.namespace, ctx);
  const credentials = await credentialObjects(kube, place);
  for (const name of credentials.missing) missing.add(name);
  const wanted = [...credentials.objects, ...accessObjects(place), ...limitObjects(place), ...(await pipeline(place))];
  const builds = place.isBuild ? [semaphores(place)] : [];
  const toBeginWith = { ...options, initial: ['data'] };
  const ensured = await ensureAll(kube, wanted, options);
  const stubs = await ensureAll(kube, credentials.stubs, toBeginWith);
  const counted = await ensureAll(kube, builds, place.inputs.maxBuilds === undefined ? toBeginWith : options);
  const kept = [...wanted, ...credentials.stubs, ...builds, provisionerBinding(place)];
  const pruned = await prune(kube, kept, place, options);
  return [namespace, binding, ...ensured, ...stubs, ...counted, ...pruned];
}

/** Templates are large, so they are read where builds run. */
async function pipeline(place: Place): Promise<WantedObject[]> {
  if (!place.isBuild) return [];
  const { tenantTemplates } = await import('./tenant-templates.generated.ts');
  return pipelineObjects(place, tenantTemplates);
}

async function ensureAll(
  kube: WritableKube,
  wanted: readonly WantedObject[],
  options: EnsureOptions,
): Promise<Ensured[]> {
  const ensured: Ensured[] = [];
  for (const object of wanted) ensured.push(await ensureObject(kube, object, options));
  return ensured;
}

function prune(
  kube: WritableKube,
  wanted: readonly WantedObject[],
  { namespace }: Place,
  { mark, dryRun }: EnsureOptions,
): Promise<Outcome[]> {
  const isWanted = ({ kind, name }: { kind: string; name: string }): boolean =>
    wanted.some((each) => each.kind === kind && each.metadata.name === name);
  return pruneObjects(kube, { mark, dryRun, namespace, kinds: madeKinds, isWanted });
}
