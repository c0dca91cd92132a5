import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseConfigMap, parseDagsterConfig, parseLubanConfig, parseRepositories } from '@luban-ci/conventions';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { hasProgram } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

const folder = fileURLToPath(new URL('.', import.meta.url));

async function dataOf(file: string): Promise<Record<string, string>> {
  return parseConfigMap(await readFile(`${folder}base/${file}`, 'utf8'), file);
}

test('the configuration that is installed is one that the steps accept', async () => {
  const config = parseLubanConfig(await dataOf('luban-config.yaml'));

  expect(config).toMatchObject({ environments: ['snd', 'prd'], default_container_port: 8000, builder: 'kpack' });
  expect(parseRepositories(await dataOf('luban-repositories.yaml'))).toEqual([]);
  expect(parseDagsterConfig(await dataOf('luban-dagster-config.yaml'))).toEqual(parseDagsterConfig({}));
});

// Argo Events leaves out what its EventSource does not know, and with it the check: names as in its API, version 1.9.
test.each(await readdir(`${folder}events`).then((all) => all.filter((name) => name !== 'bus')))(
  'upstream-B6: deliveries of %s are signed, or bring a token',
  async (forge) => {
    const source = parse(await readFile(`${folder}events/${forge}/event-source.yaml`, 'utf8'));

    const { github, webhook } = EventSource.parse(source).spec;

    const secret = { name: 'webhook-secret', key: 'secret' };
    expect(github?.push.webhookSecret ?? webhook?.push.authSecret).toEqual(secret);
    expect([github, webhook].filter((kind) => kind !== undefined)).toHaveLength(1);
  },
);

const SecretKey = z.object({ name: z.string(), key: z.string() });
const EventSource = z.object({
  spec: z.object({
    github: z.object({ push: z.object({ webhookSecret: SecretKey }) }).optional(),
    webhook: z.object({ push: z.object({ authSecret: SecretKey }) }).optional(),
  }),
});

async function built(path: string): Promise<string[]> {
  const run = await runProgram('kubectl', ['kustomize', `${folder}${path}`], { cwd: folder, env: plainEnvironment() });
  expect(run.stderr).toBe('');
  const objects = parseAllDocuments(run.stdout).map((document) => document.toJS() as KustomizeObject);
  return objects.map(({ kind, metadata }) => `${metadata.namespace ?? '-'} ${kind} ${metadata.name}`).sort();
}

interface KustomizeObject {
  kind: string;
  metadata: { name: string; namespace?: string };
}

test.skipIf(!hasProgram('kubectl'))('kubectl: the base holds what a cluster needs once', async () => {
  expect(await built('base')).toEqual([
    '- ClusterRole luban-dispatcher-namespaces',
    '- ClusterRole luban-dispatcher-submit',
    '- ClusterRole luban-namespace-provisioner',
    '- ClusterRole luban-namespaces',
    '- ClusterRole luban-project-admin',
    '- ClusterRole luban-project-developer',
    '- ClusterRole luban-view-templates',
    '- ClusterRole luban-workflow-runner',
    '- ClusterRoleBinding luban-dispatcher-namespaces',
    '- ClusterRoleBinding luban-namespaces',
    '- ClusterRoleBinding luban-view-templates',
    '- ClusterWorkflowTemplate luban-steps-v1',
    '- Namespace luban-ci',
    'luban-ci ConfigMap luban-config',
    'luban-ci ConfigMap luban-dagster-config',
    'luban-ci ConfigMap luban-heads',
    'luban-ci ConfigMap luban-repositories',
    'luban-ci Role luban-app-setup',
    'luban-ci Role luban-dagster-code-location-setup',
    'luban-ci Role luban-dagster-dbt-starrocks-code-location-setup',
    'luban-ci Role luban-dagster-platform-setup',
    'luban-ci Role luban-dispatcher',
    'luban-ci Role luban-gitops-repos',
    'luban-ci Role luban-harbor-setup',
    'luban-ci Role luban-infra-setup',
    'luban-ci Role luban-infra-update',
    'luban-ci Role luban-namespace-sources',
    'luban-ci Role luban-project-setup',
    'luban-ci Role luban-reconcile',
    'luban-ci Role luban-source-repos',
    'luban-ci RoleBinding luban-app-setup',
    'luban-ci RoleBinding luban-dagster-code-location-setup',
    'luban-ci RoleBinding luban-dagster-dbt-starrocks-code-location-setup',
    'luban-ci RoleBinding luban-dagster-platform-setup',
    'luban-ci RoleBinding luban-dispatcher',
    'luban-ci RoleBinding luban-gitops-repos',
    'luban-ci RoleBinding luban-harbor-setup',
    'luban-ci RoleBinding luban-infra-setup',
    'luban-ci RoleBinding luban-infra-update',
    'luban-ci RoleBinding luban-namespace-sources',
    'luban-ci RoleBinding luban-project-setup',
    'luban-ci RoleBinding luban-reconcile',
    'luban-ci RoleBinding luban-source-repos',
    'luban-ci ServiceAccount luban-ci-sa',
    'luban-ci ServiceAccount luban-setup-sa',
    'luban-ci WorkflowTemplate gitops-repo-provision-template',
    'luban-ci WorkflowTemplate harbor-project-setup-template',
    'luban-ci WorkflowTemplate infra-repo-update-template',
    'luban-ci WorkflowTemplate luban-app-setup-template',
    'luban-ci WorkflowTemplate luban-dagster-code-location-setup-template',
    'luban-ci WorkflowTemplate luban-dagster-dbt-starrocks-code-location-setup-template',
    'luban-ci WorkflowTemplate luban-dagster-platform-setup-template',
    'luban-ci WorkflowTemplate luban-infra-setup-template',
    'luban-ci WorkflowTemplate luban-pipeline-dispatcher-template',
    'luban-ci WorkflowTemplate luban-project-setup-template',
    'luban-ci WorkflowTemplate luban-reconcile-template',
    'luban-ci WorkflowTemplate namespace-provision-template',
    'luban-ci WorkflowTemplate source-repo-provision-template',
  ]);
});

test.skipIf(!hasProgram('kubectl'))('kubectl: a project gets its pipeline in its own namespace', async () => {
  expect(await built('overlays/example')).toEqual([
    '- Namespace snd-payment',
    'snd-payment ConfigMap workflow-semaphores',
    'snd-payment Role luban-ci-pipeline',
    'snd-payment Role luban-promotion',
    'snd-payment RoleBinding luban-ci-pipeline',
    'snd-payment RoleBinding luban-dispatcher-submit',
    'snd-payment RoleBinding luban-promotion',
    'snd-payment ServiceAccount workflow-runner',
    'snd-payment WorkflowTemplate luban-ci-kpack-template',
    'snd-payment WorkflowTemplate luban-promotion-template',
  ]);
});

test.skipIf(!hasProgram('kubectl'))('kubectl: where Argo CD is, its set-up has rights in its namespace', async () => {
  expect(await built('argocd')).toEqual([
    'argocd Role luban-argocd-applications',
    'argocd Role luban-argocd-projects',
    'argocd RoleBinding luban-argocd-applications',
    'argocd RoleBinding luban-argocd-projects',
    'luban-ci Role luban-argocd-applications',
    'luban-ci Role luban-argocd-projects',
    'luban-ci RoleBinding luban-argocd-applications',
    'luban-ci RoleBinding luban-argocd-projects',
    'luban-ci WorkflowTemplate argocd-app-setup-template',
    'luban-ci WorkflowTemplate argocd-project-setup-template',
  ]);
});

test.skipIf(!hasProgram('kubectl')).each(['github', 'gitlab', 'azure', 'ado', 'gitea'])(
  'kubectl: pushes on %s start dispatchers, and nothing else',
  async (provider) => {
    expect(await built(`events/${provider}`)).toEqual([
      `luban-ci CronWorkflow ${provider}-reconcile`,
      'luban-ci EventBus default',
      `luban-ci EventSource ${provider}`,
      `luban-ci HTTPRoute ${provider}-events`,
      'luban-ci Role luban-events',
      'luban-ci RoleBinding luban-events',
      `luban-ci Sensor ${provider}`,
      'luban-ci ServiceAccount luban-events-sa',
    ]);
  },
);

test.skipIf(!hasProgram('kubectl'))('kubectl: kpack is given a store, a stack, a lifecycle and a builder', async () => {
  expect(await built('kpack')).toEqual([
    '- ClusterBuilder luban-builder',
    '- ClusterLifecycle luban-lifecycle',
    '- ClusterStack luban-stack',
    '- ClusterStore luban-store',
  ]);
});
