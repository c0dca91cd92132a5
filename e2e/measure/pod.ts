import { StepError } from '@luban-ci/core';
import { z } from 'zod';
import { until } from '../cluster/until.ts';
import { type Api, openApi } from './api.ts';
import type { MeasuredPlace, Measurement } from './place.ts';

/** A small step that needs nothing from outside, in a pod: by itself, as a workflow, and thrice in a row in one. */
export const pod: Measurement = {
  prepare: async (place) => {
    await place.given('project', place.project);
    const overlay = { 'kustomization.yaml': 'images:\n  - name: cart # ours\n    newTag: 1.0.0\n' };
    await place.kubectl(['apply', '--server-side', '-f', '-'], JSON.stringify(overlayObject(place, overlay)));
  },
  turns: {
    'bare-pod': (place) => untilItEnds(place, '/api/v1', 'pods', barePod),
    'one-step': (place) => untilItEnds(place, '/apis/argoproj.io/v1alpha1', 'workflows', workflowOf(1)),
    'three-steps': (place) => untilItEnds(place, '/apis/argoproj.io/v1alpha1', 'workflows', workflowOf(3)),
  },
};

const Made = z.object({ metadata: z.object({ name: z.string() }) });
const Ended = z.object({ status: z.object({ phase: z.enum(['Succeeded', 'Failed', 'Error']) }) });

async function untilItEnds(place: MeasuredPlace, group: string, kind: string, object: object): Promise<number> {
  await using api: Api = await openApi(place);
  const all = `${group}/namespaces/${place.namespace}/${kind}`;
  const start = performance.now();
  const { name } = Made.parse(await api.create(all, object)).metadata;
  const { phase } = await until(`${name} has ended`, 300, async () => {
    return Ended.parse(await api.read(`${all}/${name}`)).status;
  });
  const took = performance.now() - start;
  if (phase === 'Succeeded') return took;
  throw new StepError(`${kind} ${name} ended as ${phase}`, { hint: `kubectl -n ${place.namespace} logs ${name}` });
}

function overlayObject({ namespace }: MeasuredPlace, data: Record<string, string>): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'overlay', namespace }, data };
}

/** With the rights and the resources of every step of the library. */
const step = {
  name: 'main',
  image: 'quay.io/luban-ci/gitops-utils:0.1.0',
  command: ['luban', 'kustomize-set-image', '--path', 'overlay', '--image', 'cart', '--image-tag', '1.0.0'],
  workingDir: '/work',
  resources: { limits: { cpu: '1', memory: '512Mi' }, requests: { cpu: '50m', memory: '128Mi' } },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
  },
  // A single file is no symbolic link, as whole ConfigMaps are, which the step would not read.
  volumeMounts: [
    { name: 'overlay', mountPath: '/work/overlay/kustomization.yaml', subPath: 'kustomization.yaml' },
    { name: 'tmp', mountPath: '/tmp' },
  ],
};
const volumes = [
  { name: 'overlay', configMap: { name: 'overlay' } },
  { name: 'tmp', emptyDir: {} },
];
const securityContext = { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } };

const barePod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { generateName: 'bare-' },
  spec: {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    ...{ securityContext, volumes, containers: [step] },
  },
};

function workflowOf(count: number): object {
  const steps = Array.from({ length: count }, (_, at) => [{ name: `step-${at}`, template: 'step' }]);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { generateName: 'steps-' },
    spec: {
      entrypoint: 'all',
      serviceAccountName: 'workflow-runner',
      securityContext,
      volumes,
      templates: [
        { name: 'all', steps },
        { name: 'step', container: step },
      ],
    },
  };
}
