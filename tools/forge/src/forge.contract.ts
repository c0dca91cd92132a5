import { StepError } from '@luban-ci/core';
import { fixedClock } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { createForge } from './create-forge.ts';
import type { Forge, ForgeProvider, RepositoryName } from './forge.ts';

/** A forge that the suite may fill, with an organisation that the token may write to. */
export interface ForgeUnderTest extends AsyncDisposable {
  provider: ForgeProvider;
  baseUrl: string;
  token: string;
  owner: string;
  /**
   * Gives a repository that exists two branches by git: `main` with a commit, and `change/one` with one commit more.
   * Answers the ids of their tips.
   */
  seed(name: RepositoryName): Promise<{ main: string; change: string }>;
  /** Pushes one more commit to a branch. Answers its id, or `refused`. */
  push(name: RepositoryName, branch: string): Promise<string | 'refused'>;
  /** One of this forge that is not there yet, for forges where repositories belong to a project. */
  newOwner?: string;
  /** The text of a file at the tip of a branch. */
  fileAt(name: RepositoryName, branch: string, path: string): Promise<string | undefined>;
}

/** What every forge has to do, so that every step may rely on it. Called once for each implementation. */
export function forgeContract(name: string, start: () => Promise<ForgeUnderTest>): void {
  describe(`${name} keeps the forge contract`, () => {
    const given = async (): Promise<Given> => {
      const under = await start();
      const { provider, baseUrl, token, owner } = under;
      const forge = await createForge(provider, { baseUrl, token, clock: fixedClock() });
      const repository = { owner, repository: 'cart-service' };
      return { under, forge, repository, [Symbol.asyncDispose]: () => under[Symbol.asyncDispose]() };
    };
    const seeded = async () => {
      const at = await given();
      await at.forge.createRepository(at.repository, { description: '' });
      return { ...at, tips: await at.under.seed(at.repository) };
    };
    const change = { source: 'change/one', target: 'main', title: 'Promote cart', body: 'One image.' };

    test('a repository is created private once, and found afterwards', async () => {
      await using at = await given();

      const before = await at.forge.getRepository(at.repository);
      const first = await at.forge.createRepository(at.repository, { description: 'Carts' });
      const second = await at.forge.createRepository(at.repository, { description: 'Carts' });
      const after = await at.forge.getRepository(at.repository);

      expect(before).toBeUndefined();
      expect([first.changed, second.changed]).toEqual([true, false]);
      expect(after).toEqual(first.value);
      expect(after).toMatchObject({ ...at.repository, private: true });
    });

    test('a repository of an owner that the token cannot use is refused', async () => {
      await using at = await given();
      const foreign = { owner: 'somebody-else', repository: 'cart' };

      await expect(at.forge.createRepository(foreign, { description: '' })).rejects.toThrow(/somebody-else/);
    });

    test('branches are listed and found with their tips', async () => {
      await using at = await seeded();

      const names = (await at.forge.listBranches(at.repository)).map((each) => [each.name, each.commit]);
      const found = await at.forge.getBranch(at.repository, 'change/one');
      const missing = await at.forge.getBranch(at.repository, 'change/two');

      expect(Object.fromEntries(names)).toEqual({ main: at.tips.main, 'change/one': at.tips.change });
      expect(found).toEqual({ name: 'change/one', commit: at.tips.change, protected: false });
      expect(missing).toBeUndefined();
    });

    test('the default branch is changed once, and one that does not exist is refused', async () => {
      await using at = await seeded();

      const first = await at.forge.setDefaultBranch(at.repository, 'change/one');
      const second = await at.forge.setDefaultBranch(at.repository, 'change/one');

      expect([first.changed, second.changed]).toEqual([true, false]);
      expect((await at.forge.getRepository(at.repository))?.defaultBranch).toBe('change/one');
      await expect(at.forge.setDefaultBranch(at.repository, 'none')).rejects.toThrow(/none/);
    });

    test('a branch is deleted once', async () => {
      await using at = await seeded();

      const first = await at.forge.deleteBranch(at.repository, 'change/one');
      const second = await at.forge.deleteBranch(at.repository, 'change/one');

      expect([first, second]).toEqual([{ changed: true }, { changed: false }]);
      expect(await at.forge.getBranch(at.repository, 'change/one')).toBeUndefined();
    });

    test('a change request is opened once, found, updated, and not found when it is not there', async () => {
      await using at = await seeded();

      const before = await at.forge.findChangeRequest(at.repository, change);
      const opened = await at.forge.openChangeRequest(at.repository, change);
      const again = await at.forge.openChangeRequest(at.repository, { ...change, title: 'Another' });
      const found = await at.forge.findChangeRequest(at.repository, change);
      const text = { title: 'Promote cart 1.1', body: 'Two images.' };
      const updated = await at.forge.updateChangeRequest(at.repository, opened.value.number, text);
      const unchanged = await at.forge.updateChangeRequest(at.repository, opened.value.number, text);

      expect(before).toBeUndefined();
      expect([opened.changed, again.changed, updated.changed, unchanged.changed]).toEqual([true, false, true, false]);
      expect(opened.value).toMatchObject({ ...change, state: 'open', head: at.tips.change });
      expect(found).toEqual(opened.value);
      expect(await at.forge.getChangeRequest(at.repository, opened.value.number)).toEqual({ ...opened.value, ...text });
      expect(await at.forge.getChangeRequest(at.repository, 4711)).toBeUndefined();
    });

    test('a change request from a branch that does not exist is refused', async () => {
      await using at = await seeded();

      const opening = at.forge.openChangeRequest(at.repository, { ...change, source: 'change/none' });

      await expect(opening).rejects.toThrow(/change\/none/);
    });

    test('a change request is merged at the head that was looked at, and a second time changes nothing', async () => {
      await using at = await seeded();
      const { value } = await at.forge.openChangeRequest(at.repository, change);
      const merge = { expectedHead: at.tips.change, method: 'merge' as const, title: 'Promote cart (#1)' };

      const first = await at.forge.mergeChangeRequest(at.repository, value.number, merge);
      const second = await at.forge.mergeChangeRequest(at.repository, value.number, merge);
      const after = await at.forge.getChangeRequest(at.repository, value.number);

      expect(after?.state).toBe('merged');
      expect(first).toEqual({ outcome: 'merged', commit: after?.mergeCommit, changed: true });
      expect(second).toEqual({ outcome: 'merged', commit: after?.mergeCommit, changed: false });
      expect((await at.forge.getBranch(at.repository, 'main'))?.commit).toBe(after?.mergeCommit);
      expect(await at.forge.findChangeRequest(at.repository, change)).toBeUndefined();
    });

    test('a change request whose head has moved is not merged', async () => {
      await using at = await seeded();
      const { value } = await at.forge.openChangeRequest(at.repository, change);
      await at.under.push(at.repository, 'change/one');

      const merge = { expectedHead: at.tips.change, method: 'merge' as const };

      await expect(at.forge.mergeChangeRequest(at.repository, value.number, merge)).rejects.toThrow(/no longer at/);
      expect((await at.forge.getBranch(at.repository, 'main'))?.commit).toBe(at.tips.main);
    });

    test('a protected branch is protected once, says so, and refuses a push', async () => {
      await using at = await seeded();
      const rules = { requiredApprovals: 1, requiredStatusChecks: ['luban/verify'] };

      const first = await at.forge.protectBranch(at.repository, 'main', rules);
      const second = await at.forge.protectBranch(at.repository, 'main', rules);
      const third = await at.forge.protectBranch(at.repository, 'main', { ...rules, requiredApprovals: 0 });

      expect([first.changed, second.changed, third.changed]).toEqual([true, false, true]);
      expect((await at.forge.getBranch(at.repository, 'main'))?.protected).toBe(true);
      expect(await at.under.push(at.repository, 'main')).toBe('refused');
    });

    test('a merge waits for the checks of the branch when it may, and is refused when it may not', async () => {
      await using at = await seeded();
      const rules = { requiredApprovals: 0, requiredStatusChecks: ['luban/verify'] };
      await at.forge.protectBranch(at.repository, 'main', rules);
      const { value } = await at.forge.openChangeRequest(at.repository, change);
      const merge = { expectedHead: at.tips.change, method: 'squash' as const };

      await expect(at.forge.mergeChangeRequest(at.repository, value.number, merge)).rejects.toThrow(/Merging/);
      const later = { ...merge, auto: true };
      const scheduled = await at.forge.mergeChangeRequest(at.repository, value.number, later);
      const again = await at.forge.mergeChangeRequest(at.repository, value.number, later);
      const status = { context: 'luban/verify', state: 'success' as const, description: 'All is well' };
      await at.forge.setCommitStatus(at.repository, at.tips.change, status);

      expect([scheduled, again]).toEqual([
        { outcome: 'scheduled', changed: true },
        { outcome: 'scheduled', changed: false },
      ]);
      expect((await at.forge.getChangeRequest(at.repository, value.number))?.state).toBe('merged');
    });

    test('labels are added once, and those that are there stay', async () => {
      await using at = await seeded();
      const { value } = await at.forge.openChangeRequest(at.repository, change);

      const first = await at.forge.ensureLabels(at.repository, value.number, ['promotion']);
      const second = await at.forge.ensureLabels(at.repository, value.number, ['luban', 'promotion']);
      const third = await at.forge.ensureLabels(at.repository, value.number, ['luban']);

      expect([first, second, third]).toEqual([
        { changed: true, value: ['promotion'] },
        { changed: true, value: ['luban', 'promotion'] },
        { changed: false, value: ['luban', 'promotion'] },
      ]);
      await expect(at.forge.ensureLabels(at.repository, 4711, ['luban'])).rejects.toThrow(/4711/);
    });

    test('a marked comment is written once and brought up to date', async () => {
      await using at = await seeded();
      const { value } = await at.forge.openChangeRequest(at.repository, change);
      const other = { marker: 'luban/other', body: 'Something else' };
      await at.forge.ensureComment(at.repository, value.number, other);
      const plan = { marker: 'luban/plan', body: 'One image.\n\n```diff\n-a\n+b\n```' };

      const first = await at.forge.ensureComment(at.repository, value.number, plan);
      const second = await at.forge.ensureComment(at.repository, value.number, plan);
      const third = await at.forge.ensureComment(at.repository, value.number, { ...plan, body: 'Two images.' });
      const otherAgain = await at.forge.ensureComment(at.repository, value.number, other);

      expect([first.changed, second.changed, third.changed, otherAgain.changed]).toEqual([true, false, true, false]);
      expect([second.value, third.value]).toEqual([first.value, first.value]);
      const broken = at.forge.ensureComment(at.repository, value.number, { marker: '-->', body: '' });
      await expect(broken).rejects.toThrow(/cannot mark a comment/);
    });

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

    test('a project is made once where repositories belong to one, and refused where they do not', async () => {
      await using at = await given();
      const owner = at.under.newOwner ?? 'metasync';
      const make = () => at.forge.ensureProject(owner, { description: 'Payments' });

      const outcomes = [await make().catch(String), await make().catch(String)];

      const url = expect.stringMatching(/^https?:/);
      const made = [
        { changed: true, value: { url } },
        { changed: false, value: { url } },
      ];
      const refused = [1, 2].map(() => expect.stringMatching(/has no projects/));
      expect(outcomes).toEqual(at.forge.features.projectCreation ? made : refused);
    });

    test('a commit status is set once, and set anew when it says something else', async () => {
      await using at = await seeded();
      const status = { context: 'luban/build', state: 'pending' as const, description: 'x'.repeat(600) };

      const first = await at.forge.setCommitStatus(at.repository, at.tips.main, status);
      const second = await at.forge.setCommitStatus(at.repository, at.tips.main, status);
      const done = { ...status, state: 'success' as const };
      const third = await at.forge.setCommitStatus(at.repository, at.tips.main, done);

      expect([first.changed, second.changed, third.changed]).toEqual([true, false, true]);
      expect(first.value.description).toHaveLength(at.forge.features.statusDescriptionLimit);
      const unknown = at.forge.setCommitStatus(at.repository, '0'.repeat(40), status);
      await expect(unknown).rejects.toThrow(/luban\/build/);
    });

    test('a webhook is made once and brought up to date', async () => {
      await using at = await seeded();
      const hook = { url: 'https://luban.example.com/push', secret: 'first-secret', events: ['push'] as const };

      const first = await at.forge.ensureWebhook(at.repository, hook);
      const second = await at.forge.ensureWebhook(at.repository, { ...hook, secret: 'second-secret' });
      const third = await at.forge.ensureWebhook(at.repository, { ...hook, events: ['push', 'change-request'] });

      expect([first.changed, second.changed, third.changed]).toEqual([true, false, true]);
    });

    test('a wrong token is a clear error', async () => {
      await using at = await given();
      const { provider, baseUrl } = at.under;
      const stranger = await createForge(provider, { baseUrl, token: 'not-the-token', clock: fixedClock() });

      await expect(stranger.getRepository(at.repository)).rejects.toThrow(/401/);
    });
  });
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function edit(text: string): { action: 'update'; path: string; content: Uint8Array } {
  return { action: 'update', path: 'first.txt', content: bytes(text) };
}

interface Given extends AsyncDisposable {
  under: ForgeUnderTest;
  forge: Forge;
  repository: RepositoryName;
}
