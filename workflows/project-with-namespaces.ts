import { type LocalProject, localProject } from '@luban-ci/gitops-utils/testing';
import { createKube } from '@luban-ci/kube/client';

/** A playground without repositories, whose cluster has the namespaces of a project, as project setup leaves them. */
export async function projectWithNamespaces(names: readonly string[]): Promise<LocalProject> {
  const project = await localProject({ namespaces: [], repositories: false });
  const kube = createKube({ kubeconfig: project.kubeconfig });
  for (const name of names) await kube.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  return project;
}
