import {
  callsOf,
  createTemplateScope,
  executedSpec,
  type TemplateCall,
  type TemplateScope,
} from '@luban-ci/argo-local';
import {
  type CronWorkflow,
  createManifestReader,
  type Template,
  type WorkflowSpec,
} from '@luban-ci/argo-workflows-schema';
import { messageOf } from '@luban-ci/core';
import {
  below,
  type Documents,
  findingAt,
  type LintDocument,
  type LintFile,
  type Place,
  readDocuments,
} from './documents.ts';
import type { Finding } from './finding.ts';
import type { LintContext, LintOptions, LintRoot } from './lint-context.ts';
import { checkRemovedFields } from './rules/removed-fields.ts';
import { rootRules, templateRules } from './rules/rule-lists.ts';

type Report = LintContext['report'];

/**
 * Checks WorkflowTemplates, ClusterWorkflowTemplates, Workflows and CronWorkflows together with the ConfigMaps, Secrets and
 * ServiceAccounts that stand beside them: shape, every reference, and the rules of the house. Findings are sorted by place.
 */
export function lintWorkflows(files: readonly LintFile[], options: LintOptions = {}): Finding[] {
  const documents = readDocuments(files, options.reader ?? createManifestReader());
  const findings = new Map<string, Finding>();
  const add = (finding: Finding): void => {
    findings.set(JSON.stringify(finding), finding);
  };
  const report: Report = (rule, place, message) => add(findingAt(place, rule, message));
  for (const finding of documents.findings) add(finding);
  for (const document of documents.all) checkRemovedFields(document, report);
  for (const root of rootsOf(documents, report)) checkRoot(root, { documents, options, report });
  return [...findings.values()].sort((a, b) => a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0));
}

function checkRoot(root: LintRoot, around: Pick<LintContext, 'documents' | 'options' | 'report'>): void {
  const { documents, report } = around;
  const reached = templatesFrom(root, documents, report);
  const globalNames = new Set(
    reached.flatMap(({ template }) => (template.outputs?.parameters ?? []).map((each) => each.globalName ?? '')),
  );
  const known = { ...root, globalNames };
  for (const rule of rootRules) rule(known, around);
  for (const each of reached) for (const rule of templateRules) rule({ ...around, ...each, root: known });
}

function rootsOf(documents: Documents, report: Report): LintRoot[] {
  const { cronWorkflows } = documents;
  const { workflows, workflowTemplates, clusterWorkflowTemplates } = documents.catalog;
  const of = (kind: string): LintDocument[] => documents.all.filter((document) => document.kind === kind);
  const pairs = [
    ...of('Workflow').map((document, index) => [document, workflows[index]] as const),
    ...of('CronWorkflow').map((document, index) => [document, startedBy(cronWorkflows[index])] as const),
    ...of('WorkflowTemplate').map((document, index) => [document, workflowTemplates[index]] as const),
    ...of('ClusterWorkflowTemplate').map((document, index) => [document, clusterWorkflowTemplates[index]] as const),
  ];
  return pairs.flatMap(([document, manifest]): LintRoot[] => {
    if (manifest === undefined) return [];
    const isCron = document.kind === 'CronWorkflow';
    const place: Place = { document, path: isCron ? ['spec', 'workflowSpec'] : ['spec'] };
    const spec = specThatRuns(manifest, documents, place, report);
    if (spec === undefined) return [];
    const scope = createTemplateScope(spec, documents.catalog, document.name, namespaceOf(manifest));
    const submitted = isCron || document.kind === 'Workflow' ? manifest.spec : undefined;
    return [{ place, spec, scope, submitted, runs: spec.entrypoint !== undefined, globalNames: new Set() }];
  });
}

/** What a CronWorkflow submits each time. */
function startedBy(cron: CronWorkflow | undefined): Manifest | undefined {
  if (cron === undefined) return undefined;
  return { ...cron, kind: 'Workflow', spec: cron.spec.workflowSpec ?? {} };
}

interface Manifest {
  apiVersion: 'argoproj.io/v1alpha1';
  kind: 'Workflow' | 'WorkflowTemplate' | 'ClusterWorkflowTemplate';
  metadata: { namespace?: string };
  spec: WorkflowSpec;
}

function namespaceOf(manifest: Manifest): string {
  return manifest.metadata.namespace ?? 'default';
}

function specThatRuns(
  manifest: Manifest,
  documents: Documents,
  place: Place,
  report: Report,
): WorkflowSpec | undefined {
  try {
    return executedSpec({ ...manifest, kind: 'Workflow' }, documents.catalog, namespaceOf(manifest));
  } catch (error) {
    report('unknown-template', below(place, 'workflowTemplateRef'), messageOf(error));
    return undefined;
  }
}

interface Reached {
  template: Template;
  place: Place;
  scope: TemplateScope;
}

/** Follows every call; a library is entered at each of its templates. */
function templatesFrom(root: LintRoot, documents: Documents, report: Report): Reached[] {
  const found = new Map<Template, Reached>();
  const follow = (call: TemplateCall, scope: TemplateScope, from: Place): void => {
    const resolved = attempt(
      () => scope.resolve(call),
      (message) => report('unknown-template', from, message),
    );
    if (resolved === undefined || found.has(resolved.template)) return;
    const place = documents.places.get(resolved.template) ?? from;
    found.set(resolved.template, { template: resolved.template, place, scope: resolved.scope });
    for (const [inner, where] of callsOf(resolved.template))
      follow(inner, resolved.scope, callPlace(place, where, resolved.template));
  };
  for (const [call, place] of entries(root)) follow(call, root.scope, place);
  return [...found.values()];
}

function entries({ spec, place, runs }: LintRoot): [TemplateCall, Place][] {
  const all = (spec.templates ?? []).map(({ name }): [TemplateCall, Place] => [{ template: name ?? '' }, place]);
  const hooks = Object.entries(spec.hooks ?? {}).map(([name, hook]): [TemplateCall, Place] => [
    hook,
    below(place, 'hooks', name),
  ]);
  const onExit: [TemplateCall, Place][] =
    spec.onExit === undefined ? [] : [[{ template: spec.onExit }, below(place, 'onExit')]];
  const entry: [TemplateCall, Place][] = runs
    ? [[{ template: spec.entrypoint ?? '' }, below(place, 'entrypoint')]]
    : [];
  return [...entry, ...onExit, ...hooks, ...all];
}

/** `steps[1].build` or `dag.tasks[build].hooks.exit` as a path into the document. */
function callPlace(place: Place, where: string, template: Template): Place {
  const [, group, step] = /^steps\[(\d+)\]\.([^.]+)/.exec(where) ?? [];
  if (group !== undefined) {
    const index = (template.steps?.[Number(group)] ?? []).findIndex((each) => each.name === step);
    return below(place, 'steps', Number(group), index);
  }
  const name = /^dag\.tasks\[([^\]]+)\]/.exec(where)?.[1];
  return below(
    place,
    'dag',
    'tasks',
    (template.dag?.tasks ?? []).findIndex((task) => task.name === name),
  );
}

function attempt<T>(work: () => T, refuse: (message: string) => void): T | undefined {
  try {
    return work();
  } catch (error) {
    refuse(messageOf(error));
    return undefined;
  }
}
