import type { LocalProject } from '@luban-ci/gitops-utils/testing';

/** What is run: a template of luban-ci, and its parameters. */
export interface Run {
  template: string;
  parameters: Record<string, string>;
}

/**
 * Kills a run at its n-th call of the forge or the cluster that may write: that one arrives, its answer does not, and what
 * the run still tries does not arrive.
 *
 * @returns whether it came so far; else it has ended by itself
 */
export async function killedAtWrite(project: LocalProject, { template, parameters }: Run, n: number): Promise<boolean> {
  let writes = 0;
  const { metadata } = project.submit(template, parameters, 'luban-ci');
  project.proxy.setFault(({ method, target }) => {
    if (method === 'GET' || method === 'HEAD' || target.endsWith('/git-upload-pack')) return undefined;
    writes += 1;
    if (writes < n) return undefined;
    project.cluster.api.store.find('luban-ci', metadata.name ?? '')?.terminate();
    return { reset: writes === n ? 'after' : 'before' };
  });
  await project.cluster.settled();
  project.proxy.setFault(undefined);
  return writes >= n;
}
