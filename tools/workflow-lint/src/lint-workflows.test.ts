import { readFile } from 'node:fs/promises';
import { createManifestReader } from '@luban-ci/argo-workflows-schema';
import { describe, expect, it } from 'vitest';
import type { LintFile } from './documents.ts';
import { showFinding } from './finding.ts';
import type { LintOptions } from './lint-context.ts';
import { lintWorkflows } from './lint-workflows.ts';
import { mistakes } from './mistakes.fixture.ts';
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
const reader = createManifestReader();
const options: LintOptions = { contracts, sharedInputs: ['image'], reader };

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

  it('checks a CronWorkflow as what it submits', () => {
    const text = `
apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: { name: nightly }
spec:
  schedules: ["0 3 * * *"]
  workflowSpec:
    workflowTemplateRef: { name: pipeline }
    arguments: { parameters: [{ name: repo_url, value: x }] }
`;
    const unknown = text.replace('name: pipeline }', 'name: pipelin }');
    const misnamed = text.replace('{ name: repo_url, value: x }', '{ name: repo_uri, value: x }');
    const single = text.replace('schedules: ["0 3 * * *"]', 'schedule: "0 3 * * *"');
    const found = (cron: string) =>
      lintWorkflows([...pipeline, { file: 'cron.yaml', text: cron }], options).map(showFinding);

    expect(found(text)).toEqual([]);
    expect(found(unknown)).toEqual([
      'cron.yaml:8 spec.workflowSpec.workflowTemplateRef (unknown-template): spec.workflowTemplateRef: there is no WorkflowTemplate called pipelin in default',
    ]);
    expect(found(misnamed)).toEqual([
      'cron.yaml:9 spec.workflowSpec.arguments (missing-argument): the workflow needs a value for repo_url',
      'cron.yaml:9 spec.workflowSpec.arguments (unknown-argument): the template pipeline has no parameter repo_uri; did you mean repo_url?',
    ]);
    expect(found(single)).toEqual([
      'cron.yaml:6 spec.schedule (removed-field): schedule is gone in Argo 4; write schedules, a list',
    ]);
  });

  it('catches upstream-B2: an input that is read and not declared', async () => {
    const findings = lintWorkflows(await files('upstream-B2', 'template.yaml'), { reader });

    expect(findings.map(showFinding)).toEqual([
      'template.yaml:28 spec.templates[1].container.args[4] (unknown-parameter): {{inputs.parameters.default_env}} is read, but the template generate-config declares no input default_env',
    ]);
  });

  it('catches upstream-B4: a volume and a parameter that the caller of a template does not declare', async () => {
    const findings = lintWorkflows(await files('upstream-B4', 'library.yaml', 'shim.yaml'), { reader });

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
    expect(planOf('pipeline', pipeline, reader).split('\n').slice(0, 14)).toEqual([
      'WorkflowTemplate pipeline',
      'parameters',
      '  repo_url (required)',
      '  registry = "luban-config/registry_server"',
      'entrypoint: main',
      '  1 deploy: luban-steps-v1/deploy-image',
      '      image    {{inputs.parameters.image}}',
      '      inputs   repo_url={{workflow.parameters.repo_url}}',
      '               tag=v1',
      "      retries  3 after 10s ×2 when lastRetry.status == 'Error' || asInt(lastRetry.exitCode) in [75, 137, 143]",
      '      outputs  commit changed',
      "  2 report: report when '{{steps.deploy.outputs.parameters.changed}}' == true",
      "      inputs   commit={{=steps['deploy'].outputs.parameters['commit']}}",
      '    each: luban-steps-v1/deploy-image for each of ["snd","prd"]',
    ]);
  });
});
