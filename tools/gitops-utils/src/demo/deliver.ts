import type { Workflow } from '@luban-ci/argo-workflows-schema';
import { StepError } from '@luban-ci/core';
import { type DemoCluster, until } from './cluster.ts';
import { createDeveloper } from './developer.ts';
import { lastDiff } from './last-diff.ts';
import { type Deployed, outputOf, readDeployed, requireSuccess } from './outcome.ts';
import type { DemoPlace } from './place.ts';
import { ada, type DemoTools } from './repositories.ts';
import { setUpProjectAndApplication, setUpSource } from './set-up.ts';
import type { Story } from './story.ts';
import { verifyHistory } from './verify-history.ts';

/** What a push starts. */
export const dispatcher = 'luban-pipeline-dispatcher-template';

export interface DemoStage {
  place: DemoPlace;
  story: Story;
  tools: DemoTools;
  cluster: DemoCluster;
  signal: AbortSignal;
}

/** What the demo came to; written to `.luban/demo/result.json`. */
export interface DemoResult {
  image: string;
  digest: string;
  sourceCommit: string;
  sandboxCommit: string;
  promotionUrl: string;
  productionCommit: string;
  seconds: number;
  nodes: number;
}

/** From a commit to production, each part by the workflow that does it in a cluster. */
export async function deliver(stage: DemoStage): Promise<DemoResult> {
  const { story, cluster, place } = stage;
  await setUpProjectAndApplication(stage);
  const rows: SummaryRow[] = [['set-up', '', '', '', '', story.lap()]];

  story.chapter(
    'Its source repository: the first commit is the first push, and replaces the placeholder in the sandbox',
  );
  await setUpSource(stage);
  const developer = await createDeveloper(place);
  const first = await tellDeployment(stage, await afterPush(stage, 1));
  rows.push(summaryRow('first push', 'snd', first, story.lap()));

  story.chapter('A commit is pushed: one changed line in the sandbox');
  const sourceCommit = await developer.writeCartService();
  story.say(`commit  ${sourceCommit}`);
  const built = await tellDeployment(stage, await afterPush(stage, 2));
  rows.push(summaryRow('commit', 'snd', built, story.lap()));

  story.chapter('The commit is released as v1.0.0: the same image, tagged again, not built again');
  await developer.tag('v1.0.0');
  const released = await tellDeployment(stage, await afterPush(stage, 3));
  rows.push(summaryRow('tag v1.0.0', 'snd', released, story.lap()));

  story.chapter('It is promoted: a pull request with the production image, and nothing else');
  const promotion = await promote(stage);
  const promotionUrl = outputOf(promotion, 'promote', 'url');
  story.say(promotionUrl);

  story.chapter('The pull request is merged: that is the release decision');
  await mergePromotion(stage, Number(outputOf(promotion, 'promote', 'number')));
  const production = await readDeployed(stage.tools.git, place.gitopsUrl, 'main', 'prd');
  story.diff(await lastDiff(place, 'main'));
  requireSameImage(built, released, production);
  rows.push(summaryRow('promotion, merged', 'prd', production, story.lap()));

  story.chapter('Verified: what runs where, from git alone');
  await verifyHistory(stage);
  const seconds = Number(story.seconds().toFixed(1));
  const nodes = countPods(cluster, place);
  tellSummary(story, rows, `${nodes} pods of the shipped workflows in ${seconds} s`);
  return {
    image: `${production.image}:${production.tag}`,
    digest: production.digest,
    sourceCommit,
    sandboxCommit: released.commit,
    promotionUrl,
    productionCommit: production.commit,
    seconds,
    nodes,
  };
}

/** The n-th pipeline of the project, once it has ended. The push event arrives by itself. */
async function afterPush({ cluster, place, signal }: DemoStage, count: number): Promise<Workflow> {
  const namespace = `snd-${place.project}`;
  const dispatchers = () => cluster.workflows('luban-ci').filter(({ metadata }) => isOf(dispatcher, metadata.name));
  await until('the push event', () => dispatchers()[count - 1], signal);
  await cluster.settled();
  const pipeline = cluster.workflows(namespace)[count - 1];
  if (pipeline === undefined) throw dispatchFailed(dispatchers()[count - 1]);
  requireSuccess(pipeline);
  return pipeline;
}

function isOf(template: string, name = ''): boolean {
  return name.startsWith(`${template}-`);
}

function dispatchFailed(dispatcher: Workflow | undefined): StepError {
  return new StepError(
    `the dispatcher started no pipeline: ${dispatcher?.status?.message ?? dispatcher?.status?.phase}`,
  );
}

async function tellDeployment({ story, place, tools }: DemoStage, pipeline: Workflow): Promise<Deployed> {
  const deployed = await readDeployed(tools.git, place.gitopsUrl, 'develop', 'snd');
  story.say(`image   ${deployed.image}:${outputOf(pipeline, 'build-image', 'image_tag')}`);
  story.say(`digest  ${outputOf(pipeline, 'build-image', 'digest')}`);
  story.diff(await lastDiff(place, 'develop'));
  return deployed;
}

async function promote({ cluster, place }: DemoStage): Promise<Workflow> {
  const namespace = `snd-${place.project}`;
  return cluster.run('luban-promotion-template', namespace, {
    project_name: place.project,
    app_name: place.app,
    requested_by: ada.email,
    git_provider: 'gitea',
    git_creds_secret: 'gitea-creds',
  });
}

async function mergePromotion({ tools, place }: DemoStage, number: number): Promise<void> {
  const gitops = { owner: place.organization, repository: `${place.app}-gitops` };
  const request = await tools.forge.getChangeRequest(gitops, number);
  if (request === undefined) throw new StepError('the pull request is gone');
  await tools.forge.mergeChangeRequest(gitops, number, { expectedHead: request.head, method: 'merge' });
}

function requireSameImage(...deployed: Deployed[]): void {
  const digests = new Set(deployed.map(({ digest }) => digest));
  if (digests.size !== 1) throw new StepError(`these should be one image: ${[...digests].join(', ')}`);
}

function countPods(cluster: DemoCluster, place: DemoPlace): number {
  const workflows = [...cluster.workflows('luban-ci'), ...cluster.workflows(`snd-${place.project}`)];
  return workflows.flatMap(({ status }) => Object.values(status?.nodes ?? {})).filter(({ type }) => type === 'Pod')
    .length;
}

type SummaryRow = [what: string, where: string, tag: string, digest: string, commit: string, seconds: number];

function summaryRow(what: string, env: string, deployed: Deployed, seconds: number): SummaryRow {
  const short = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12);
  return [what, env, short(deployed.tag), short(deployed.digest), short(deployed.commit), seconds];
}

function tellSummary(story: Story, rows: readonly SummaryRow[], closing: string): void {
  const head = ['what', 'where', 'tag', 'digest', 'GitOps commit', 'seconds'];
  story.say('');
  story.table([
    head,
    ...rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toFixed(1).padStart(7) : cell))),
  ]);
  story.say('');
  story.say(closing);
}
