import { expect, test } from 'vitest';
import { change, type SeededForge } from './forge-under-test.fixture.ts';

/** Labels and comments: to be called inside the contract's `describe`. */
export function discussionContract(seeded: () => Promise<SeededForge>): void {
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
}
