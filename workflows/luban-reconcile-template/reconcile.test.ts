import type { Workflow } from '@luban-ci/argo-workflows-schema';
import { type LocalProject, localProject } from '@luban-ci/gitops-utils/testing';
import { temporaryFolder, writeTree } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { endOf, outputsOf } from '../nodes-of.ts';

/** Milliseconds for a dozen pods on a busy machine. */
const patience = 600_000;
const template = 'luban-reconcile-template';
const main = 'refs/heads/main';
const succeeded = ['Succeeded', undefined];

/** A run of the cron workflow; by default the events that are not there by now will not come. */
async function reconcile(project: LocalProject, given: Record<string, string> = {}): Promise<Told> {
  const ended = await project.run(template, { grace_seconds: '0', ...given }, 'luban-ci');
  expect(endOf(ended)).toEqual(succeeded);
  const { started, waiting, changed } = outputsOf(ended, 'reconcile-pushes(0)');
  return { started: JSON.parse(started ?? ''), waiting: JSON.parse(waiting ?? ''), changed: changed ?? '' };
}

interface Told {
  started: string[];
  waiting: string[];
  changed: string;
}

const nothing: Told = { started: [], waiting: [], changed: 'false' };
const told = (revision: string, ref = main): string => `payment/cart-service ${ref} ${revision}`;
const pipelines = (project: LocalProject): Workflow[] => project.cluster.workflows('snd-payment');

/** What the sensor makes of a delivery. */
const deliver = (project: LocalProject, revision: string, given: Record<string, string> = {}): Promise<Workflow> => {
  const event = { repo_url: project.place.sourceUrl, git_ref: main, revision, ...given };
  return project.run('luban-pipeline-dispatcher-template', event, 'luban-ci');
};

describe('a push whose event got lost', { timeout: patience }, () => {
  test('ends as a pipeline, once, and an event that comes after all starts nothing', async () => {
    await using project = await localProject();
    const first = await project.git('cart-service', ['rev-parse', 'main']);
    await deliver(project, first, { requested_at: '2026-01-02T03:04:05Z' });
    const before = await reconcile(project);
    const lost = await project.commit('Nobody was told of this');
    const pushedAt = new Date().toISOString();

    const made = await reconcile(project);
    const again = await reconcile(project);
    const late = await deliver(project, lost, { requested_at: pushedAt });
    const lateAndTimeless = await deliver(project, lost);

    const [, pipeline, ...more] = pipelines(project);
    expect([before, made, again]).toEqual([nothing, { started: [told(lost)], waiting: [], changed: 'true' }, nothing]);
    expect(more).toEqual([]);
    expect(pipeline === undefined ? [] : endOf(pipeline)).toEqual(succeeded);
    expect(pipeline === undefined ? {} : outputsOf(pipeline, 'deploy-image(0)')).toMatchObject({ changed: 'true' });
    for (const event of [late, lateAndTimeless]) {
      expect(outputsOf(event, 'submit-workflow')).toMatchObject({
        workflow: pipeline?.metadata.name,
        changed: 'false',
      });
    }
  });

  test('may merely be late: it is waited for, and then no more', async () => {
    await using project = await localProject();
    await reconcile(project, { grace_seconds: '300' });
    const pushed = await project.git('cart-service', ['rev-parse', 'main']);
    const waiting = await reconcile(project, { grace_seconds: '300' });
    const planned = await reconcile(project, { dry_run: 'true' });
    const none = pipelines(project).length;

    const made = await reconcile(project);

    expect(waiting).toEqual({ ...nothing, waiting: [told(pushed)] });
    expect([planned.started, planned.changed, none]).toEqual([[told(pushed)], 'false', 0]);
    expect(made.started).toEqual([told(pushed)]);
    expect(pipelines(project)).toHaveLength(1);
  });

  test('to each of several refs is made up for, tags with their version', async () => {
    await using project = await localProject();
    await reconcile(project);
    const revision = await project.commit('Ready');
    await project.git('cart-service', ['branch', 'feat/login', 'main']);
    await project.git('cart-service', ['tag', '-a', '-m', 'One', 'v1.0.0', 'main']);

    const made = await reconcile(project);

    const refs = [main, 'refs/heads/feat/login', 'refs/tags/v1.0.0'];
    expect(made.started.toSorted()).toEqual(refs.map((ref) => told(revision, ref)).toSorted());
    const tags = pipelines(project).map(
      ({ spec }) => spec.arguments?.parameters?.find(({ name }) => name === 'tag')?.value,
    );
    expect(tags.toSorted()).toContain('1.0.0');
    expect(pipelines(project)).toHaveLength(4);
  });
});

describe('nothing is started', { timeout: patience }, () => {
  test('by a push that was delivered: its pipeline failed, or succeeded and is gone', async () => {
    await using project = await localProject();
    await reconcile(project);
    const tree = await project.git('cart-service', ['hash-object', '-t', 'tree', '-w', '/dev/null']);
    const broken = await pushed(project, ['commit-tree', tree, '-p', 'main', '-m', 'Nothing left to build']);
    await deliver(project, broken);
    const [, failed] = pipelines(project);
    const afterFailure = await reconcile(project);
    const mended = await pushed(project, ['commit-tree', 'main~1^{tree}', '-p', 'main', '-m', 'Mended']);
    await deliver(project, mended);
    for (const { metadata } of pipelines(project)) project.cluster.api.store.remove('snd-payment', metadata.name ?? '');

    const afterSuccess = await reconcile(project);

    expect(failed?.status?.phase).toBe('Failed');
    expect([afterFailure, afterSuccess]).toEqual([nothing, nothing]);
    expect(pipelines(project)).toEqual([]);
  });

  test('by a branch that is deleted, by [skip ci], and by a commit of the bot', async () => {
    await using project = await localProject();
    await project.git('cart-service', ['branch', 'old', 'main']);
    await reconcile(project);
    const before = pipelines(project).length;
    await project.git('cart-service', ['branch', '-D', 'old']);
    const deleted = await reconcile(project);
    await project.commit('Mend a typo [skip ci]');
    const skipped = await reconcile(project);
    await using folder = await temporaryFolder();
    await writeTree(folder.path, { commit: await commitOf('Luban CI', project) });
    await pushed(project, ['hash-object', '-t', 'commit', '-w', folder.at('commit')]);

    const byBot = await reconcile(project);
    const again = await reconcile(project);

    expect([deleted, skipped, byBot, again]).toEqual([nothing, nothing, nothing, nothing]);
    expect(pipelines(project)).toHaveLength(before);
  });
});

/** What this git command makes becomes the tip of main. */
async function pushed(project: LocalProject, making: readonly string[]): Promise<string> {
  const commit = await project.git('cart-service', making);
  await project.git('cart-service', ['update-ref', main, commit]);
  return commit;
}

async function commitOf(author: string, project: LocalProject): Promise<string> {
  const [tree, parent] = (await project.git('cart-service', ['rev-parse', 'main^{tree}', 'main'])).split('\n');
  const person = `${author} <bot@example.org> 1767323045 +0000`;
  return `tree ${tree}\nparent ${parent}\nauthor ${person}\ncommitter ${person}\n\nBump\n`;
}
