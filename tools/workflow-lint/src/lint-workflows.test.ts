import { readFile } from 'node:fs/promises';
import { createManifestReader } from '@luban-ci/argo-workflows-schema';
import { describe, expect, it } from 'vitest';
import type { LintFile } from './documents.ts';
import { showFinding } from './finding.ts';
import type { LintOptions } from './lint-context.ts';
import { lintWorkflows } from './lint-workflows.ts';
import { planOf } from './plan.ts';
import { ruleReasons } from './rule-reasons.ts';

const contracts = [
  {
    id: 'deploy-image',
    inputs: ['repo_url', 'tag', 'path'],
    required: ['repo_url', 'tag'],
    outputs: ['commit', 'changed'],
  },
];
const options: LintOptions = { contracts, sharedInputs: ['image'], reader: createManifestReader() };

async function files(folder: string, ...names: string[]): Promise<LintFile[]> {
  const at = (name: string) => new URL(`../cases/${folder}/${name}`, import.meta.url);
  return Promise.all(names.map(async (file) => ({ file, text: await readFile(at(file), 'utf8') })));
}

const pipeline = await files('pipeline', 'template.yaml', 'library.yaml', 'surroundings.yaml');

/** The findings after one replacement in one of the files. */
function changed(file: string, from: string, to: string): string[] {
  const before = pipeline.find((each) => each.file === file)?.text ?? '';
  expect(before).toContain(from);
  const after = pipeline.map((each) => (each.file === file ? { file, text: each.text.replace(from, to) } : each));
  return lintWorkflows(after, options).map(showFinding);
}

const mistakes: [rule: string, file: string, from: string, to: string, finding: string][] = [
  ['yaml', 'template.yaml', 'entrypoint: main', 'entrypoint: "main', 'template.yaml:'],
  [
    'schema',
    'template.yaml',
    'entrypoint: main',
    'entrypont: main',
    'template.yaml:6 spec.entrypont (schema): unknown field "entrypont"; did you mean "entrypoint"?',
  ],
  [
    'unknown-template',
    'template.yaml',
    'entrypoint: main',
    'entrypoint: mian',
    'template.yaml:6 spec.entrypoint (unknown-template): there is no template called mian in local/pipeline',
  ],
  [
    'unknown-template',
    'template.yaml',
    'template: report',
    'template: gone',
    'template.yaml:25 spec.templates[0].steps[1][0] (unknown-template): there is no template called gone in local/pipeline',
  ],
  [
    'unknown-template',
    'template.yaml',
    'template: deploy-image',
    'template: deploy-imago',
    'template.yaml:19 spec.templates[0].steps[0][0] (unknown-template): there is no template called deploy-imago in ClusterWorkflowTemplate luban-steps-v1',
  ],
  [
    'unknown-parameter',
    'library.yaml',
    '{ name: tag }\n',
    '{ name: tags }\n',
    '{{inputs.parameters.tag}} is read, but the template deploy-image declares no input tag; did you mean tags?',
  ],
  [
    'unknown-workflow-parameter',
    'template.yaml',
    '{ name: repo_url }\n',
    '{ name: repo }\n',
    '{{workflow.parameters.repo_url}} is read by the template main of pipeline, but this workflow has no parameter repo_url',
  ],
  [
    'unknown-output',
    'template.yaml',
    "parameters['commit']",
    "parameters['comit']",
    'steps.deploy has no output comit; did you mean commit?',
  ],
  [
    'unknown-output',
    'template.yaml',
    'steps.deploy.outputs',
    'steps.report.outputs',
    '{{steps.report…}} names nothing in steps that is over by then',
  ],
  [
    'unknown-output',
    'template.yaml',
    'depends: each.AnySucceeded',
    'when: "true"',
    '{{tasks.each…}} names nothing in tasks that is over by then',
  ],
  [
    'unknown-variable',
    'template.yaml',
    'value: "v1"',
    'value: "{{item}}"',
    '{{item}} is only known in a step with withItems',
  ],
  [
    'unknown-variable',
    'template.yaml',
    'value: "v1"',
    'value: "{{workflows.name}}"',
    '{{workflows.name}} is not a variable that Argo knows',
  ],
  [
    'unknown-argument',
    'template.yaml',
    '{ name: commit, value',
    '{ name: comit, value',
    'the template report takes no comit; did you mean commit?',
  ],
  ['missing-argument', 'template.yaml', '- { name: tag, value: "v1" }', '', 'the template deploy-image needs tag'],
  [
    'unknown-volume',
    'library.yaml',
    '- { name: tmp, emptyDir: {} }',
    '- { name: temp, emptyDir: {} }',
    'the volume tmp is mounted by the template deploy-image of luban-steps-v1, but this workflow does not declare it',
  ],
  [
    'unknown-config-map-key',
    'template.yaml',
    'key: kpack-builds',
    'key: builds',
    'the ConfigMap workflow-semaphores has no key builds',
  ],
  ['unknown-secret-key', 'library.yaml', 'key: token', 'key: password', 'the Secret github-creds has no key password'],
  [
    'unknown-service-account',
    'template.yaml',
    'serviceAccountName: workflow-runner',
    'serviceAccountName: runner',
    'there is no ServiceAccount called runner',
  ],
  [
    'depends',
    'template.yaml',
    'each.AnySucceeded',
    'eachh.AnySucceeded',
    'dag.tasks[again] depends on eachh, which is not a task of this dag',
  ],
  ['depends', 'template.yaml', 'each.AnySucceeded', 'again', 'the tasks again → again wait for each other'],
  [
    'step-contract',
    'library.yaml',
    '- { name: path, default: "" }',
    '- { name: paths, default: "" }',
    'the step deploy-image has no input paths; did you mean path?',
  ],
  [
    'image-pinned',
    'library.yaml',
    'gitops-utils:1.0.0',
    'gitops-utils:latest',
    'the parameter image has the default quay.io/luban/gitops-utils:latest, which pins no image',
  ],
  [
    'image-pinned',
    'library.yaml',
    'image: "{{inputs.parameters.image}}"',
    'image: localhost:5000/tools',
    'the image localhost:5000/tools has neither a digest nor a tag other than latest',
  ],
  [
    'non-root',
    'library.yaml',
    'runAsNonRoot: true',
    'runAsNonRoot: false',
    'securityContext says neither here nor for the pod runAsNonRoot: true',
  ],
  [
    'non-root',
    'library.yaml',
    'runAsUser: 1000',
    'runAsUser: 0',
    'securityContext says neither here nor for the pod runAsNonRoot: true',
  ],
  [
    'read-only-root',
    'library.yaml',
    ', readOnlyRootFilesystem: true',
    '',
    'securityContext does not say readOnlyRootFilesystem: true',
  ],
  [
    'resources',
    'library.yaml',
    'limits: { memory: 256Mi }',
    'limits: { cpu: 1 }',
    'resources do not say limits.memory',
  ],
  ['deadline', 'library.yaml', 'activeDeadlineSeconds: 600', '', 'the template has no activeDeadlineSeconds'],
  ['deadline', 'template.yaml', 'activeDeadlineSeconds: 3600', '', 'the workflow has no activeDeadlineSeconds'],
  ['retry', 'library.yaml', '[75, 137, 143]', '[75]', "retryStrategy.expression is not the house's"],
  ['retry', 'library.yaml', 'limit: 3', 'retryPolicy: Always', 'retryStrategy has no limit, so it tries for ever'],
  [
    'retry',
    'library.yaml',
    'limit: 3',
    'limit: 3\n        retryPolicy: OnError',
    'retryPolicy OnError leaves lost pods or failed steps out',
  ],
  [
    'no-tag-in-script',
    'library.yaml',
    'args: [deploy-image]',
    'command: [sh, -ec, "deploy {{inputs.parameters.tag}}"]',
    'the program that a shell is given has a tag in it',
  ],
  [
    'removed-field',
    'template.yaml',
    'semaphores:\n      - configMapKeyRef',
    'semaphore:\n        configMapKeyRef',
    'template.yaml:11 spec.synchronization.semaphore (removed-field): semaphore is gone in Argo 4; write semaphores, a list',
  ],
];

describe('lintWorkflows', () => {
  it('has nothing to say about files that are right', () => {
    expect(lintWorkflows(pipeline, options).map(showFinding)).toEqual([]);
  });

  it.each(mistakes)('finds %s in %s when "%s" becomes "%s"', (rule, file, from, to, finding) => {
    const findings = changed(file, from, to);

    expect(findings.filter((each) => each.includes(`(${rule})`)).join('\n')).toContain(finding);
  });

  it('reports a mistake once, however many workflows come to it', () => {
    const findings = changed('library.yaml', 'limits: { memory: 256Mi }', 'limits: { cpu: 1 }');

    expect(findings).toEqual([
      'library.yaml:25 spec.templates[0].container (resources): resources do not say limits.memory',
    ]);
  });

  it('has a mistake in this table for every rule', () => {
    const tested = new Set(mistakes.map(([rule]) => rule));

    expect([...tested].sort()).toEqual(Object.keys(ruleReasons).sort());
  });

  it('checks a Workflow together with the template it refers to', () => {
    const text = `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: pipeline- }
spec:
  workflowTemplateRef: { name: pipeline }
  arguments: { parameters: [{ name: repo_url, value: x }] }
`;
    const unknown = text.replace('name: pipeline }', 'name: pipelin }');
    const misnamed = text.replace('{ name: repo_url, value: x }', '{ name: repo_uri, value: x }');

    expect(lintWorkflows([...pipeline, { file: 'example.yaml', text }], options)).toEqual([]);
    expect(lintWorkflows([...pipeline, { file: 'example.yaml', text: unknown }], options).map(showFinding)).toEqual([
      'example.yaml:6 spec.workflowTemplateRef (unknown-template): spec.workflowTemplateRef: there is no WorkflowTemplate called pipelin in default',
    ]);
    expect(lintWorkflows([...pipeline, { file: 'example.yaml', text: misnamed }], options).map(showFinding)).toEqual([
      'example.yaml:7 spec.arguments (missing-argument): the workflow needs a value for repo_url',
      'example.yaml:7 spec.arguments (unknown-argument): the template pipeline has no parameter repo_uri; did you mean repo_url?',
    ]);
  });

  it('catches upstream-B2: an input that is read and not declared', async () => {
    const findings = lintWorkflows(await files('upstream-B2', 'template.yaml'));

    expect(findings.map(showFinding)).toEqual([
      'template.yaml:28 spec.templates[1].container.args[4] (unknown-parameter): {{inputs.parameters.default_env}} is read, but the template generate-config declares no input default_env',
    ]);
  });

  it('catches upstream-B4: a volume and a parameter that the caller of a template does not declare', async () => {
    const findings = lintWorkflows(await files('upstream-B4', 'library.yaml', 'shim.yaml'));

    expect(findings.map(showFinding)).toEqual(
      [
        'shim.yaml spec.arguments (unknown-workflow-parameter): {{workflow.parameters.provisioner_image}} is read by the template promote of promotion, but this workflow has no parameter provisioner_image',
        'shim.yaml spec.volumes (unknown-volume): the volume luban-ca-cert is mounted by the template promote of promotion, but this workflow does not declare it',
      ].sort(),
    );
  });
});

describe('planOf', () => {
  it('tells the nodes in order, with what they run, get, retry and leave behind', () => {
    expect(planOf('pipeline', pipeline).split('\n').slice(0, 14)).toEqual([
      'WorkflowTemplate pipeline',
      'parameters',
      '  repo_url (required)',
      '  registry = "luban-config/registry_server"',
      'entrypoint: main',
      '  1 deploy: luban-steps-v1/deploy-image',
      '      image    {{inputs.parameters.image}}',
      '      inputs   repo_url={{workflow.parameters.repo_url}}',
      '               tag=v1',
      "      retries  3 after 10s ×2 when asInt(lastRetry.exitCode) in [75, 137, 143] || lastRetry.status == 'Error'",
      '      outputs  commit changed',
      "  2 report: report when '{{steps.deploy.outputs.parameters.changed}}' == true",
      "      inputs   commit={{=steps['deploy'].outputs.parameters['commit']}}",
      '    each: luban-steps-v1/deploy-image for each of ["snd","prd"]',
    ]);
  });
});
