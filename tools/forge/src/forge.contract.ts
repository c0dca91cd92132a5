import { fixedClock } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { commitFilesContract } from './contract/commit-files.contract.ts';
import { discussionContract } from './contract/discussion.contract.ts';
import { change, type ForgeUnderTest, givenForge, seededForge } from './contract/forge-under-test.fixture.ts';
import { createForge } from './create-forge.ts';

export type { ForgeUnderTest } from './contract/forge-under-test.fixture.ts';

/**
 * What every forge has to do, so that every step may rely on it. Called once for each implementation. Each request and each
 * answer is compared with what the forge has published.
 */
export function forgeContract(name: string, start: () => Promise<ForgeUnderTest>): void {
  describe(`${name} keeps the forge contract`, () => {
    const given = () => givenForge(start);
    const seeded = () => seededForge(start);
    test('a repository is created private once, and found afterwards', async () => {
      await using at = await given();

      const before = await at.forge.getRepository(at.repository);
      const first = await at.forge.createRepository(at.repository, { description: 'Carts' });
      const second = await at.forge.createRepository(at.repository, { description: 'Carts' });
      const after = await at.forge.getRepository(at.repository);

      expect(before).toBeUndefined();
      expect([first.changed, second.changed]).toEqual([true, false]);
      expect(after).toEqual(first.value);
      const description = at.forge.features.repositoryDescription ? 'Carts' : '';
      expect(after).toMatchObject({ ...at.repository, private: true, description });
    });

    test('a repository is deleted once, with all that is in it', async () => {
      await using at = await seeded();

      const first = await at.forge.deleteRepository(at.repository);
      const second = await at.forge.deleteRepository(at.repository);

      expect([first, second]).toEqual([{ changed: true }, { changed: false }]);
      expect(await at.forge.getRepository(at.repository)).toBeUndefined();
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
      const read = await at.forge.getProtection(at.repository, 'main');
      const third = await at.forge.protectBranch(at.repository, 'main', { ...rules, requiredApprovals: 0 });

      const requiredStatusChecks = [at.forge.features.namedStatusChecks ? 'luban/verify' : 'pipeline'];
      expect(read).toEqual({ requiredApprovals: 1, requiredStatusChecks });
      expect(await at.forge.getProtection(at.repository, 'change/one')).toBeUndefined();
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
      // A forge may answer for the status first, and merge after.
      await expect
        .poll(async () => (await at.forge.getChangeRequest(at.repository, value.number))?.state, { timeout: 30_000 })
        .toBe('merged');
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

    test('a project is found with what it holds, and deleted once', async () => {
      await using at = await seeded();
      const { newOwner } = at.under;
      const seen = await at.forge.findProject(at.repository.owner);
      if (newOwner === undefined) {
        expect(seen).toBeUndefined();
        await expect(at.forge.deleteProject('metasync')).rejects.toThrow(/has no projects/);
        return;
      }
      await at.forge.ensureProject(newOwner, { description: 'Payments' });

      const found = await at.forge.findProject(newOwner);
      const outcomes = [await at.forge.deleteProject(newOwner), await at.forge.deleteProject(newOwner)];

      expect(seen?.repositories).toEqual([at.repository.repository]);
      expect(found).toEqual({ url: expect.stringMatching(/^http/), description: 'Payments', repositories: [] });
      expect(outcomes).toEqual([{ changed: true }, { changed: false }]);
      expect(await at.forge.findProject(newOwner)).toBeUndefined();
    });

    discussionContract(seeded);
    commitFilesContract(seeded);

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

    test('a webhook is found by its address, and removed once', async () => {
      await using at = await seeded();
      const url = 'https://luban.example.com/push';
      const hook = { url, secret: 'first-secret', events: ['push', 'comment'] as const };
      const before = await at.forge.findWebhook(at.repository, url);
      await at.forge.ensureWebhook(at.repository, { ...hook, url: 'https://other.example.com/push' });
      await at.forge.ensureWebhook(at.repository, hook);

      const found = await at.forge.findWebhook(at.repository, url);
      const outcomes = [
        await at.forge.deleteWebhook(at.repository, url),
        await at.forge.deleteWebhook(at.repository, url),
      ];

      expect(before).toBeUndefined();
      expect(found).toEqual({ url, events: ['push', 'comment'], active: true });
      expect(outcomes).toEqual([{ changed: true }, { changed: false }]);
      expect(await at.forge.findWebhook(at.repository, url)).toBeUndefined();
      expect(await at.forge.findWebhook(at.repository, 'https://other.example.com/push')).toBeDefined();
    });

    test('a wrong token is a clear error', async () => {
      await using at = await given();
      const { provider, baseUrl } = at.under;
      const stranger = await createForge(provider, { baseUrl, token: 'not-the-token', clock: fixedClock() });

      await expect(stranger.getRepository(at.repository)).rejects.toThrow(/401/);
    });
  });
}
