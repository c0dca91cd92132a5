import type { Workflow } from '@luban-ci/argo-workflows-schema';
import { type LocalProject, localProject } from '@luban-ci/gitops-utils/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { given } from '../given/as-program.ts';
import { type ClusterInUse, useCluster } from '../suites/cluster-in-use.ts';
import { type Account, shapeOf } from './account.ts';
import { patience } from './both.ts';
import { clusterAtHand, withoutCluster } from './cluster-at-hand.ts';
import { runThere } from './run-there.ts';

const cluster = await clusterAtHand();
const GivenApplication = z.object({ repoUrl: z.string() });
const project = 'same-shape';
const app = 'cart-service';

interface Asked {
  title: string;
  template: string;
  parameters: Record<string, string>;
}

/** In this order: what is released was built before, and what is promoted was deployed. */
const asked: readonly Asked[] = [
  { title: 'a commit', template: 'luban-ci-kpack-template', parameters: {} },
  { title: 'the same commit again', template: 'luban-ci-kpack-template', parameters: {} },
  { title: 'a release', template: 'luban-ci-kpack-template', parameters: { git_ref: 'refs/tags/v1.0.0' } },
  { title: 'a folder that is outside', template: 'luban-ci-kpack-template', parameters: { sub_path: '../..' } },
  { title: 'a branch that is not there', template: 'luban-ci-kpack-template', parameters: { revision: 'nowhere' } },
  { title: 'a promotion', template: 'luban-promotion-template', parameters: {} },
  { title: 'a promotion of nothing', template: 'luban-promotion-template', parameters: { app_name: 'no-such-app' } },
];

const title = `our own templates have one shape in both${cluster === undefined ? ` (${withoutCluster})` : ''}`;
describe.skipIf(cluster === undefined)(title, { timeout: patience }, () => {
  let here: LocalProject;
  let inUse: ClusterInUse | undefined;
  let repoUrl: string;
  beforeAll(async () => {
    here = await localProject();
    inUse = await useCluster(process.env);
    const environment = inUse?.environment ?? {};
    ({ repoUrl } = GivenApplication.parse(await given(['application', project, app], environment)));
    await given(['tag', app, 'v1.0.0'], environment);
  }, patience);
  afterAll(async () => {
    await here[Symbol.asyncDispose]();
    await inUse?.[Symbol.asyncDispose]();
    const gone = ['--ignore-not-found', '--wait=false'];
    await cluster?.kubectl(['delete', 'application', `snd-${app}`, `prd-${app}`, '-n', 'argocd', ...gone]);
    await cluster?.kubectl(['delete', 'namespace', `snd-${project}`, `prd-${project}`, ...gone]);
  }, 60_000);

  test.each(asked)('$title', async ({ title, template, parameters }) => {
    if (cluster === undefined) throw new Error('the cluster that was there is gone');
    const name = title.replaceAll(' ', '-');
    const isPipeline = template === 'luban-ci-kpack-template';
    const names = { project_name: project, app_name: app, ...parameters };
    const local = { ...names, project_name: 'payment', ...(isPipeline ? { repo_url: here.place.sourceUrl } : {}) };
    const forge = { git_provider: 'gitea', git_creds_secret: 'gitea-creds' };
    const remote = { ...names, ...forge, ...(isPipeline ? { repo_url: repoUrl } : {}) };

    const done = await here.run(template, local);
    const workflow = named(name, template, remote);
    const submission = { name, workflow, catalog: emptyCatalog };
    const { there, failures } = await runThere(submission, cluster, `snd-${project}`, shapeOf);

    expect(underName(name, done), failures).toEqual(there);
  });
});

const emptyCatalog = {
  workflows: [],
  workflowTemplates: [],
  clusterWorkflowTemplates: [],
  configMaps: [],
  secrets: [],
};

function named(name: string, template: string, parameters: Record<string, string>): Workflow {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { name },
    spec: {
      workflowTemplateRef: { name: template },
      arguments: { parameters: Object.entries(parameters).map(([key, value]) => ({ name: key, value })) },
    },
  };
}

/** The same run, under another name: names of nodes begin with the workflow's. */
function underName(name: string, workflow: Workflow): Account {
  const shape = shapeOf(workflow, workflow.status?.phase === 'Succeeded');
  const own = workflow.metadata.name ?? '';
  return { ...shape, nodes: shape.nodes.map((line) => line.replaceAll(own, name)).sort() };
}
