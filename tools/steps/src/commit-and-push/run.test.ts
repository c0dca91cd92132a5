import { temporaryFolder, writeTree } from '@luban-ci/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeliveryWorld, deliveryWorld } from '../testing/delivery-world.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await deliveryWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const message = 'Raise the limit';

/** A repository that was checked out into the folder `work` of a workspace. */
async function checkedOut(name: string, workspace: string): Promise<void> {
  const repoUrl = await world.repository(name, { main: { 'limit.txt': '1\n', 'other.txt': 'o\n' } });
  await world.run('checkout', { repoUrl, ref: 'main', path: 'work' }, { workspace });
}

describe('commit-and-push', () => {
  test('lands what was changed; again it is there already, and a dry run shows it before', async () => {
    await using workspace = await temporaryFolder();
    await checkedOut('landed', workspace.path);
    await writeTree(workspace.at('work'), { 'limit.txt': '2\n', 'new.txt': 'n\n' });
    const inputs = { path: 'work', branch: 'main', message };
    const options = { workspace: workspace.path, run: { requestedBy: 'ada@example.com' } };

    const dry = await world.run('commit-and-push', inputs, { ...options, dryRun: true });
    const untouched = await world.git('landed', ['log', '-1', '--format=%s', 'main']);
    const first = await world.run('commit-and-push', inputs, options);
    const second = await world.run('commit-and-push', inputs, options);

    expect(dry).toMatchObject({ changed: false, diff: first.diff, summary: expect.stringContaining('would land on') });
    expect(untouched).toBe('Start main\n');
    expect(first).toMatchObject({ changed: true, outputs: { branch: 'main', files: ['limit.txt', 'new.txt'] } });
    expect(second).toMatchObject({ changed: false, outputs: first.outputs });
    expect(await world.git('landed', ['log', '-1', '--format=%an %s', 'main'])).toBe(`ada ${message}\n`);
  });

  test('other files may have changed meanwhile; the same file may not, and is named', async () => {
    await using workspace = await temporaryFolder();
    await checkedOut('meanwhile', workspace.path);
    await writeTree(workspace.at('work'), { 'limit.txt': '2\n' });
    const run = () =>
      world.run('commit-and-push', { path: 'work', branch: 'main', message }, { workspace: workspace.path });

    await world.commit('meanwhile', 'main', { 'limit.txt': '3\n', 'other.txt': 'theirs\n' });
    const refs = await world.refs('meanwhile');
    const refused = await failureOf(run());
    const unchanged = await world.refs('meanwhile');
    await world.commit('meanwhile', 'main', { 'limit.txt': '1\n' });
    const landed = await run();

    expect(refused).toMatchObject({ name: 'StepError', message: expect.stringContaining('limit.txt was changed') });
    expect(unchanged).toBe(refs);
    expect(landed.changed).toBe(true);
    expect(await world.file('meanwhile', 'main', 'other.txt')).toBe('theirs\n');
  });

  test('without changes there is nothing to land', async () => {
    await using workspace = await temporaryFolder();
    await checkedOut('clean', workspace.path);

    const inputs = { path: 'work', branch: 'main', message };
    const { changed, outputs } = await world.run('commit-and-push', inputs, { workspace: workspace.path });

    expect({ changed, files: outputs['files'] }).toEqual({ changed: false, files: [] });
  });
});
