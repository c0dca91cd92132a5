import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { silentLog, systemClock } from '@luban-ci/core';
import type { Files } from '@luban-ci/edits';
import { createGit, type Git } from '@luban-ci/git';
import { plainEnvironment } from '@luban-ci/process';
import { renderTemplate } from '@luban-ci/scaffold';
import { ada, repositoryUrl } from './clone.ts';
import { openForge, removeRepository } from './forge.ts';
import { applyObjects, kubectl } from './kubectl.ts';
import { account, hookSecret, inCluster, organization, type SuitePlace } from './place.ts';

const templates = fileURLToPath(new URL('../../gitops-template', import.meta.url));

/** Where an application is, as pods know it, and its first commit. */
export interface GivenApplication {
  repoUrl: string;
  gitopsUrl: string;
  revision: string;
}

/** What app setup makes: source and GitOps repository from the templates, and Argo CD's applications. */
export async function givenApplication(place: SuitePlace, project: string, app: string): Promise<GivenApplication> {
  const { forge, token } = await openForge(place);
  const names = { project_name: project, app_name: app };
  const source = { owner: organization, repository: app };
  const gitops = { owner: organization, repository: `${app}-gitops` };
  const git = gitOf(place, token);
  await kubectl(place, '-n', 'argocd', 'delete', 'application', `snd-${app}`, `prd-${app}`, '--ignore-not-found');
  for (const repository of [app, `${app}-gitops`]) await removeRepository(place, repository);
  await forge.createRepository(source, { description: '' });
  await forge.createRepository(gitops, { description: '' });
  await git.pushInitial({
    url: repositoryUrl(place.forge, `${app}-gitops`),
    branches: ['main', 'develop'],
    files: await rendered('luban-gitops-template', { ...names, registry_server: inCluster.registry }),
    message: 'Begin with the application template',
  });
  await forge.setDefaultBranch(gitops, 'develop');
  await forge.protectBranch(gitops, 'main', { requiredApprovals: 0, requiredStatusChecks: [] });
  await forge.ensureWebhook(gitops, {
    url: 'http://argocd-server.argocd.svc/api/webhook',
    secret: hookSecret,
    events: ['push'],
  });
  const { commit } = await git.pushInitial({
    url: repositoryUrl(place.forge, app),
    branches: ['main'],
    files: await rendered('luban-python-template', { ...names, python_version: '3.13' }),
    message: 'Begin with the Python template',
    author: ada,
  });
  const given = {
    repoUrl: repositoryUrl(inCluster.forge, app),
    gitopsUrl: repositoryUrl(inCluster.forge, `${app}-gitops`),
  };
  await remember(place, project, app, given.repoUrl);
  await applyObjects(
    place,
    ['snd', 'prd'].map((environment) => argocdApplication(environment, project, app)),
  );
  return { ...given, revision: commit ?? '' };
}

function gitOf(place: SuitePlace, token: string): Git {
  return createGit({
    access: [{ origin: place.forge, username: account.name, token, mode: 'extraheader_basic' }],
    environment: { ...plainEnvironment() },
    temporaryFolder: '/tmp',
    log: silentLog,
    clock: systemClock,
    signal: AbortSignal.timeout(120_000),
    random: Math.random,
    committer: { name: 'Luban CI', email: 'luban-ci@users.noreply.luban-ci.io' },
    allowFile: false,
  });
}

async function rendered(template: string, values: Record<string, string>): Promise<Files> {
  const { files } = await renderTemplate(join(templates, template), values);
  return new Map(files.map(({ path, content, isExecutable }) => [path, { bytes: content, executable: isExecutable }]));
}

/** Which repository belongs to which application stands where workflows run. */
async function remember(place: SuitePlace, project: string, app: string, repoUrl: string): Promise<void> {
  const patch = JSON.stringify({ data: { [`${project}.${app}`]: `source: ${repoUrl}` } });
  for (const namespace of ['luban-ci', `snd-${project}`]) {
    await kubectl(
      place,
      '-n',
      namespace,
      'patch',
      'configmap',
      'luban-repositories',
      '--type=merge',
      `--patch=${patch}`,
    );
  }
}

function argocdApplication(environment: string, project: string, app: string): object {
  const namespace = `${environment}-${project}`;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: `${environment}-${app}`, namespace: 'argocd', labels: { 'luban.test/suite': 'true' } },
    spec: {
      project: namespace,
      source: {
        repoURL: repositoryUrl(inCluster.forge, `${app}-gitops`),
        targetRevision: environment === 'prd' ? 'main' : 'develop',
        path: `app/overlays/${environment}`,
      },
      destination: { namespace, server: 'https://kubernetes.default.svc' },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        retry: { limit: 5, refresh: true, backoff: { duration: '2s', factor: 2, maxDuration: '20s' } },
      },
    },
  };
}
