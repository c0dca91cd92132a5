import { join } from 'node:path';
import { type Log, systemClock } from '@luban-ci/core';
import type { Files } from '@luban-ci/edits';
import { createForge, type Forge, type Webhook } from '@luban-ci/forge';
import { createGit, type Git } from '@luban-ci/git';
import { plainEnvironment } from '@luban-ci/process';
import { renderTemplate } from '@luban-ci/scaffold';
import { repositoryRoot } from '../repository-folders.ts';
import type { DemoPlace } from './place.ts';

/** The developer of the story. */
export const ada = { name: 'Ada', email: 'ada@example.com' };

export interface DemoTools {
  forge: Forge;
  git: Git;
}

export async function demoTools(place: DemoPlace, log: Log, signal: AbortSignal): Promise<DemoTools> {
  const git = createGit({
    access: [
      { origin: new URL(place.url).origin, username: place.user, token: place.token, mode: 'extraheader_basic' },
    ],
    environment: plainEnvironment(),
    temporaryFolder: place.folder,
    log,
    clock: systemClock,
    signal,
    random: Math.random,
    committer: { name: 'Luban CI', email: 'luban-ci@users.noreply.luban-ci.io' },
    allowFile: false,
  });
  return {
    git,
    forge: await createForge('gitea', { baseUrl: place.url, token: place.token, clock: systemClock, log, signal }),
  };
}

/** GitOps and source repository from the templates, with the branches, protection and webhook that app setup gives them. */
export async function setUpRepositories(place: DemoPlace, { forge, git }: DemoTools, hook: Webhook): Promise<void> {
  const names = { project_name: place.project, app_name: place.app };
  const source = { owner: place.organization, repository: place.app };
  const gitops = { owner: place.organization, repository: `${place.app}-gitops` };
  await forge.createRepository(source, { description: 'Answers with the total of a shopping cart' });
  await forge.createRepository(gitops, { description: `What runs of ${place.app}, and where` });
  await git.pushInitial({
    url: place.gitopsUrl,
    branches: ['main', 'develop'],
    files: await rendered('luban-gitops-template', { ...names, registry_server: place.host }),
    message: 'Begin with the application template',
  });
  await forge.setDefaultBranch(gitops, 'develop');
  await forge.protectBranch(gitops, 'main', { requiredApprovals: 0, requiredStatusChecks: [] });
  await forge.ensureWebhook(source, hook);
  await git.pushInitial({
    url: place.sourceUrl,
    branches: ['main'],
    files: await rendered('luban-python-template', { ...names, python_version: '3.11' }),
    message: 'Begin with the Python template',
    author: ada, // a commit of our own would be skipped, as every bot's is
  });
}

async function rendered(template: string, values: Record<string, string>): Promise<Files> {
  const { files } = await renderTemplate(join(repositoryRoot, 'gitops-template', template), values);
  return new Map(files.map(({ path, content, isExecutable }) => [path, { bytes: content, executable: isExecutable }]));
}
