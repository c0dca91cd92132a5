import { type Field, inStyle } from '@luban-ci/core';
import { variableOf } from '@luban-ci/hosts';
import { stringify } from 'yaml';
import type { DescribedStep } from '../described-step.ts';
import type { GeneratedFiles } from '../generated-files.ts';
import {
  companyAuthorities,
  isArgoParameter,
  type Mount,
  mounts,
  type SecretInput,
  secretInputs,
  sourceInputs,
} from './argo-sources.ts';
import { utilsImage } from './utils-image.ts';
import { defaultText } from './value-text.ts';

/** The library that composed workflows refer to: one template for each step, whole and self-contained. */
export function argoLibrary(steps: readonly DescribedStep[]): GeneratedFiles {
  const library = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ClusterWorkflowTemplate',
    metadata: { name: 'luban-steps-v1', labels: { 'app.kubernetes.io/part-of': 'luban-ci' } },
    spec: { templates: steps.map(stepTemplate) },
  };
  const head = '# Printed by "make generate" from the contracts in tools/steps/src\n';
  return {
    'workflows/luban-steps-v1/template.yaml': `${head}${stringify(library, { lineWidth: 0, aliasDuplicateObjects: false })}`,
  };
}

const outputsFolder = '/tmp/luban/outputs';

function stepTemplate(step: DescribedStep): Record<string, unknown> {
  const { contract, inputs, outputs } = step;
  const parts: TemplateParts = {
    id: contract.id,
    open: inputs.filter(isArgoParameter),
    mounted: inputs.flatMap((field) => mounts[field.name] ?? []),
    secrets: inputs.flatMap((field) => secretInputs[field.name] ?? []),
    named: inputs.map(({ name }) => name).filter((name) => name in sourceInputs),
    runParameters: ['run_url', 'requested_by', ...(contract.writes ? ['dry_run'] : [])],
  };
  return {
    name: contract.id,
    inputs: { parameters: inputParameters(parts) },
    outputs: { parameters: [...outputs.map(({ name }) => inStyle(name, 'snake')), 'changed'].map(outputParameter) },
    activeDeadlineSeconds: 3600,
    retryStrategy: retryStrategy(),
    securityContext: podSecurity(),
    volumes: [{ name: 'tmp', emptyDir: {} }, companyAuthorities.volume, ...parts.mounted.map(({ volume }) => volume)],
    container: container(parts),
  };
}

interface TemplateParts {
  id: string;
  /** Inputs that are parameters. */
  open: readonly Field[];
  mounted: readonly Mount[];
  secrets: readonly SecretInput[];
  /** Inputs that are told by a parameter that is there anyway. */
  named: readonly string[];
  /** What the host itself takes. */
  runParameters: readonly string[];
}

function inputParameters({ open, mounted, secrets, runParameters }: TemplateParts): Record<string, unknown>[] {
  const sources = new Set(
    [...mounted, ...secrets].flatMap(({ parameter }) => (parameter === undefined ? [] : [parameter])),
  );
  return [
    ...open.map(inputParameter),
    ...[...sources].map((source) => ({ ...source })),
    { name: 'gitops_utils_image', value: utilsImage, description: 'Image with the luban command.' },
    ...runParameters.map((name) => ({ name, value: '', description: runDescriptions[name] })),
  ];
}

function outputParameter(name: string): Record<string, unknown> {
  return { name, valueFrom: { path: `${outputsFolder}/${name}`, default: '' } };
}

function podSecurity(): Record<string, unknown> {
  const seccompProfile = { type: 'RuntimeDefault' };
  return { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, seccompProfile };
}

function container({ id, open, mounted, secrets, named, runParameters }: TemplateParts): Record<string, unknown> {
  const fixed = {
    LUBAN_HOST: 'argo',
    LUBAN_OUTPUTS: outputsFolder,
    LUBAN_CA_CERT: companyAuthorities.path,
    HOME: '/tmp',
    TMPDIR: '/tmp',
  };
  const mountedVolumes = [companyAuthorities, ...mounted].map(({ volume, path }) => ({
    name: volume.name,
    mountPath: path,
    readOnly: true,
  }));
  return {
    image: reference('gitops_utils_image'),
    command: ['luban'],
    args: [id],
    // Kubernetes fills $(NAME) in a value from the variables before it, so what is secret stands last.
    env: [
      ...Object.entries(fixed).map(([name, value]) => ({ name, value })),
      ...open.map(({ name }) => ({ name: variableOf(name), value: reference(inStyle(name, 'snake')) })),
      ...named.map((name) => ({ name: variableOf(name), value: reference(sourceInputs[name] ?? '') })),
      ...runParameters.map((name) => ({ name: `LUBAN_${name.toUpperCase()}`, value: reference(name) })),
      ...mounted.map(({ field, path }) => ({ name: variableOf(field), value: path })),
      ...secrets.map(({ field, secretKeyRef }) => ({ name: variableOf(field), valueFrom: { secretKeyRef } })),
    ],
    resources: {
      requests: { cpu: '50m', memory: '128Mi' },
      limits: { cpu: '1', memory: id === 'build-image' ? '2Gi' : '512Mi' },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }, ...mountedVolumes],
  };
}

const runDescriptions: Record<string, string> = {
  run_url: 'Page of this run, for records and statuses.',
  requested_by: 'Account that asked for this run.',
  dry_run: 'Show what would change, and change nothing.',
};

function inputParameter(field: Field): Record<string, unknown> {
  const name = inStyle(field.name, 'snake');
  const choices =
    field.choices === undefined || (!field.required && field.default === undefined) ? {} : { enum: [...field.choices] };
  return { name, ...(field.required ? {} : { value: defaultText(field) }), ...choices, description: field.description };
}

/** Every step may be run again: on exit code 75, and when the pod itself was lost. */
function retryStrategy(): Record<string, unknown> {
  return {
    limit: '4',
    retryPolicy: 'Always',
    expression: 'lastRetry.status == "Error" || asInt(lastRetry.exitCode) in [75, 137, 143]',
    backoff: { duration: '5s', factor: '2', maxDuration: '5m' },
  };
}

function reference(parameter: string): string {
  return `{{inputs.parameters.${parameter}}}`;
}
