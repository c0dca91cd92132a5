import { readFile } from 'node:fs/promises';
import { readTree, temporaryFolder, writeTree } from '@luban-ci/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeliveryWorld, deliveryWorld, token } from '../testing/delivery-world.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await deliveryWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** A repository that was checked out into the folder `work` of a workspace. */
async function checkedOut(name: string, workspace: string) {
  const repoUrl = await world.repository(name, { main: { 'limit.txt': '1\n', 'other.txt': 'o\n' } });
  const placed = await world.run('checkout', { repoUrl, ref: 'main', path: 'work' }, { workspace });
  return { repoUrl, placed };
}

describe('checkout', () => {
  test('puts a commit into the workspace, refreshes it, and leaves no token behind', async () => {
    await using workspace = await temporaryFolder();
    const { repoUrl, placed } = await checkedOut('fetched', workspace.path);
    const inputs = { repoUrl, ref: 'main', path: 'work' };

    const again = await world.run('checkout', inputs, { workspace: workspace.path });
    const commit = await world.commit('fetched', 'main', { 'limit.txt': '2\n' });
    const fresh = await world.run('checkout', inputs, { workspace: workspace.path });

    expect(placed).toMatchObject({ changed: true, outputs: { ref: 'refs/heads/main', path: 'work' } });
    expect(again).toMatchObject({ changed: false, outputs: placed.outputs });
    expect(fresh).toMatchObject({ changed: true, outputs: { commit } });
    expect(await readTree(workspace.at('work'))).toEqual({ 'limit.txt': '2\n', 'other.txt': 'o\n' });
    expect(await readFile(workspace.at('work', '.git', 'config'), 'utf8')).not.toContain(token);
  });

  test('refuses to lose changes, a foreign folder, and a path that leads out of the workspace', async () => {
    await using workspace = await temporaryFolder();
    const { repoUrl } = await checkedOut('kept', workspace.path);
    await writeTree(workspace.path, { 'work/limit.txt': 'mine\n', 'foreign/notes.md': 'notes\n' });
    const before = await readTree(workspace.path);

    const errors = [];
    for (const path of ['work', 'foreign', '../outside'])
      errors.push(
        await failureOf(world.run('checkout', { repoUrl, ref: 'main', path }, { workspace: workspace.path })),
      );

    expect(errors).toMatchObject([
      { name: 'StepError', message: expect.stringContaining('limit.txt') },
      { name: 'InputError', fields: [{ field: 'path' }] },
      { name: 'InputError', fields: [{ field: 'path' }] },
    ]);
    expect(await readTree(workspace.path)).toEqual(before);
  });
});
