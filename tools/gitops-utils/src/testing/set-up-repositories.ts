import { join } from 'node:path';
import type { Files } from '@luban-ci/edits';
import { renderTemplate } from '@luban-ci/scaffold';
import type { WebhookTarget } from '../demo/cluster.ts';
import type { DemoPlace } from '../demo/place.ts';
import { ada, type DemoTools } from '../demo/repositories.ts';
import { repositoryRoot } from '../repository-folders.ts';

/** What app setup makes of an application on the forge, in a moment and without its pods. */
export async function setUpRepositories(
  place: DemoPlace,
  { forge, git }: DemoTools,
  hook: WebhookTarget,
): Promise<void> {
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
  await forge.ensureWebhook(source, { url: hook.url, secret: hook.secret, events: ['push'] });
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
