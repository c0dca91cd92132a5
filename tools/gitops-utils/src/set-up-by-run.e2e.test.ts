import { setTimeout as sleep } from 'node:timers/promises';
import { type TemporaryFolder, temporaryFolder } from '@luban-ci/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDeployed } from './demo/outcome.ts';
import { endStateOf } from './testing/end-state.ts';
import { processTree } from './testing/process-tree.ts';
import { type EndedRun, type SetUpPlayground, setUpPlayground, type TemplateRun } from './testing/set-up-playground.ts';

/** Milliseconds for some fifty pods. */
const patience = 900_000;

const project = { project_name: 'payment', git_organization: 'metasync' };
const application = { ...project, app_name: 'cart-service', requested_by: 'ada@example.com' };
const platform = { ...project, app_name: 'dagster-platform', setup_source_repo: 'no' };
const location = { ...project, app_name: 'etl-jobs' };

const setUps: readonly TemplateRun[] = [
  { template: 'luban-project-setup-template', parameters: project },
  { template: 'luban-app-setup-template', parameters: application },
  { template: 'luban-app-setup-template', parameters: { ...application, environment: 'prd' } },
  { template: 'luban-dagster-platform-setup-template', parameters: platform },
  { template: 'luban-dagster-code-location-setup-template', parameters: location },
];

const promotion: TemplateRun = {
  template: 'luban-promotion-template',
  parameters: { ...project, app_name: 'cart-service' },
  namespace: 'snd-payment',
};

/** How long each of them took that nobody killed, in milliseconds. */
const usual = new Map<TemplateRun['template'], number>();
let folder: TemporaryFolder;
let playground: SetUpPlayground;
beforeAll(async () => {
  folder = await temporaryFolder();
  playground = await setUpPlayground(folder.path);
});
afterAll(async () => {
  await playground[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

test('a project, applications and a Dagster platform are set up, delivered and promoted by luban run alone', {
  timeout: patience,
}, async () => {
  const run = async (asked: TemplateRun): Promise<EndedRun> => {
    const started = performance.now();
    const ended = await playground.run(asked);
    usual.set(asked.template, Math.max(performance.now() - started, usual.get(asked.template) ?? 0));
    return ended;
  };

  const first = await inTurn(setUps, run);
  const second = await inTurn(setUps, playground.run);
  await run(await pushOn(playground));
  const promoted = await run(promotion);
  await mergePromotion(playground);

  const environments = (task: string) => [`${task}(0:snd)(0)`, `${task}(1:prd)(0)`];
  expect(first.map(changedPods)).toEqual([
    [...environments('argocd-project'), 'harbor-project(0)', ...environments('namespace')],
    ['argocd-application(0)', 'gitops-repo(0)', 'source-repo(0)'],
    ['argocd-application(0)'],
    ['argocd-application(0)', 'database-password(0)', 'gitops-repo(0)'],
    ['argocd-application(0)', 'gitops-repo(0)', 'register-location(0)', 'source-repo(0)'],
  ]);
  expect(second.map(changedPods)).toEqual(setUps.map(() => []));
  expect(changedPods(promoted)).toEqual(['promote(0)']);
  const { place, tools } = playground;
  const sandbox = await readDeployed(tools.git, place.gitopsUrl, 'develop', 'snd');
  const live = await readDeployed(tools.git, place.gitopsUrl, 'main', 'prd');
  expect(sandbox.image).toBe(`${place.host}/payment/cart-service`);
  expect(sandbox.tag).toMatch(/^[0-9a-f]{40}$/);
  expect([live.tag, live.digest]).toEqual([sandbox.tag, sandbox.digest]);
});

test('each killed at random moments and run again comes to the same', { timeout: patience }, async () => {
  await using place = await temporaryFolder();
  await using other = await setUpPlayground(place.path);
  const deaths: string[] = [];
  const runAtLast = async (asked: TemplateRun): Promise<void> => {
    for (let times = 0; times < 2; times += 1) deaths.push(await killed(other, asked));
    await other.run(asked);
  };

  await inTurn(setUps, runAtLast);
  await runAtLast(await pushOn(other));
  await runAtLast(promotion);
  await mergePromotion(other);

  expect(await endStateOf(other), deaths.join('\n')).toEqual(await endStateOf(playground));
});

/** Kills it at a moment before its usual end: alone, so that what it started goes on, or with all of that. */
async function killed({ start }: SetUpPlayground, asked: TemplateRun): Promise<string> {
  await using running = start(asked);
  const milliseconds = Math.random() * (usual.get(asked.template) ?? 0);
  await Promise.race([sleep(milliseconds), running.ended]);
  const victims = Math.random() < 0.5 ? [running.pid] : processTree(running.pid);
  for (const id of victims) kill(id);
  const code = await running.ended;
  const how = code === null ? `killed with ${victims.length - 1} others` : `ended before, with ${code}`;
  return `${asked.template}: after ${Math.round(milliseconds)} ms ${how}`;
}

function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // it has ended
  }
}

async function inTurn<Result>(runs: readonly TemplateRun[], run: (asked: TemplateRun) => Promise<Result>) {
  const results: Result[] = [];
  for (const each of runs) results.push(await run(each));
  return results;
}

/** What an event of a push to the source repository asks for. */
async function pushOn({ tools, place }: SetUpPlayground): Promise<TemplateRun> {
  const source = { owner: place.organization, repository: place.app };
  const { commit: revision = '' } = (await tools.forge.getBranch(source, 'main')) ?? {};
  const parameters = { repo_url: place.sourceUrl, revision, git_ref: 'refs/heads/main' };
  return { template: 'luban-pipeline-dispatcher-template', parameters };
}

async function mergePromotion({ tools, place }: SetUpPlayground): Promise<void> {
  const gitops = { owner: place.organization, repository: `${place.app}-gitops` };
  const request = await tools.forge.getChangeRequest(gitops, 1);
  await tools.forge.mergeChangeRequest(gitops, 1, { expectedHead: request?.head ?? '', method: 'merge' });
}

/** The pods of a workflow that changed anything, in the order of their names. */
function changedPods({ nodes }: EndedRun): string[] {
  const changed = nodes.filter(({ type, outputs }) => type === 'Pod' && outputs?.['changed'] === 'true');
  return changed.map(({ name }) => name.split('.').at(-1) ?? '').toSorted();
}
