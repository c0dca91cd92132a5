import { StepError } from '@luban-ci/core';
import { expect, test } from 'vitest';
import type { SeededForge } from './forge-under-test.fixture.ts';

/** Commits through the API: to be called inside the contract's `describe`. */
export function commitFilesContract(seeded: () => Promise<SeededForge>): void {
  test('a commit of several files lands on the head that it was made for', async () => {
    await using at = await seeded();
    const changes = [
      { action: 'update' as const, path: 'first.txt', content: bytes('première\n') },
      { action: 'create' as const, path: 'app/overlays/prd/kustomization.yaml', content: bytes('images: []\n') },
      { action: 'delete' as const, path: 'second.txt' },
    ];
    const commit = { branch: 'change/one', expectedHead: at.tips.change, message: 'Set image\n\nOf cart.', changes };

    const result = await at.forge.commitFiles(at.repository, commit);

    const tip = (await at.forge.getBranch(at.repository, 'change/one'))?.commit;
    const texts = ['first.txt', 'app/overlays/prd/kustomization.yaml', 'second.txt'].map((path) =>
      at.under.fileAt(at.repository, 'change/one', path),
    );
    expect(result).toEqual({ outcome: 'committed', commit: tip });
    expect(await Promise.all(texts)).toEqual(['première\n', 'images: []\n', undefined]);
  });

  test('nothing is committed on a head that has moved, or on a branch that is gone', async () => {
    await using at = await seeded();
    const head = await at.under.push(at.repository, 'change/one');
    const commit = { branch: 'change/one', expectedHead: at.tips.change, message: 'Set image', changes: [edit('a')] };

    const moved = await at.forge.commitFiles(at.repository, commit);
    const gone = await at.forge.commitFiles(at.repository, { ...commit, branch: 'change/none' });

    expect(moved).toEqual({ outcome: 'moved', head });
    expect(gone).toEqual({ outcome: 'moved', head: undefined });
    expect((await at.forge.getBranch(at.repository, 'change/one'))?.commit).toBe(head);
  });

  test('of several commits for one head, one lands where they change the same file', async () => {
    await using at = await seeded();
    const commits = ['a', 'b', 'c', 'd'].map((text) => ({
      branch: 'change/one',
      expectedHead: at.tips.change,
      message: `Set ${text}`,
      changes: [edit(text)],
    }));

    const results = await Promise.all(commits.map((commit) => at.forge.commitFiles(at.repository, commit)));

    const tip = (await at.forge.getBranch(at.repository, 'change/one'))?.commit;
    const landed = results.filter((each) => each.outcome === 'committed');
    const moved = results.filter((each) => each.outcome === 'moved');
    expect(landed).toEqual([{ outcome: 'committed', commit: tip }]);
    expect(moved).toEqual([1, 2, 3].map(() => ({ outcome: 'moved', head: tip })));
  });

  test('of several commits for one head, one lands where they change different files and the forge can tell', async () => {
    await using at = await seeded();
    const commits = ['a', 'b'].map((text) => ({
      branch: 'change/one',
      expectedHead: at.tips.change,
      message: `Add ${text}`,
      changes: [{ action: 'create' as const, path: `${text}.txt`, content: bytes(text) }],
    }));

    const results = await Promise.all(commits.map((commit) => at.forge.commitFiles(at.repository, commit)));

    const landed = results.filter((each) => each.outcome === 'committed');
    if (at.forge.features.commitExpectingHead) expect(landed).toHaveLength(1);
    const found = ['a.txt', 'b.txt'].map((path) => at.under.fileAt(at.repository, 'change/one', path));
    expect((await Promise.all(found)).filter((each) => each !== undefined)).toHaveLength(landed.length);
  });

  test('a commit on a protected branch is refused', async () => {
    await using at = await seeded();
    await at.forge.protectBranch(at.repository, 'main', { requiredApprovals: 0, requiredStatusChecks: [] });
    const commit = { branch: 'main', expectedHead: at.tips.main, message: 'Set image', changes: [edit('a')] };

    const error = await at.forge.commitFiles(at.repository, commit).catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(StepError);
    expect(error).toHaveProperty('hint', expect.stringMatching(/protects the branch/));
    expect((await at.forge.getBranch(at.repository, 'main'))?.commit).toBe(at.tips.main);
  });
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function edit(text: string): { action: 'update'; path: string; content: Uint8Array } {
  return { action: 'update', path: 'first.txt', content: bytes(text) };
}
