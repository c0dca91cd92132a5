import type { LocalProject } from '@luban-ci/gitops-utils/testing';
import { createKube } from '@luban-ci/kube/client';
import { z } from 'zod';

/** What a forge and a cluster have of applications, without what differs between two of them: ids, times, addresses. */
export async function setUpState(project: LocalProject, repositories: readonly string[]): Promise<unknown> {
  const kube = createKube({ kubeconfig: project.kubeconfig });
  const config = await kube.read({
    ...{ apiVersion: 'v1', kind: 'ConfigMap', name: 'luban-repositories', namespace: 'luban-ci' },
  });
  const applications = await kube.list({
    ...{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', namespace: 'argocd' },
  });
  const objects = applications.map(({ metadata: { name, labels, annotations }, spec }) => {
    return { name, labels, annotations, spec };
  });
  const forge = await Promise.all(repositories.map((name) => repositoryState(project, name)));
  const text = JSON.stringify({ registered: config?.['data'], objects, forge });
  const hooks = /http:\/\/127\.0\.0\.1:\d+\/gitea\/push/g;
  return JSON.parse(text.replaceAll(hooks, 'hook').replaceAll(new URL(project.place.url).host, 'here'));
}

const Hooks = z.array(z.object({ config: z.unknown(), events: z.array(z.string()), active: z.boolean() }));

async function repositoryState({ tools: { forge }, git, place }: LocalProject, repository: string): Promise<unknown> {
  const name = { owner: place.organization, repository };
  const branches = (await forge.listBranches(name)).map((each) => each.name).toSorted();
  const hooks = await fetch(`${place.url}/api/v1/repos/${place.organization}/${repository}/hooks`, {
    headers: { authorization: `token ${place.token}` },
  });
  const about = await forge.getRepository(name);
  return {
    description: about?.description,
    defaultBranch: about?.defaultBranch,
    hooks: Hooks.parse(await hooks.json()),
    branches: await Promise.all(
      branches.map(async (branch) => ({
        branch,
        files: await git(repository, ['grep', '-e', '', branch]),
        commits: await git(repository, ['log', '--format=%an <%ae>%n%B', branch]),
        protection: await forge.getProtection(name, branch),
      })),
    ),
  };
}
