import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeliveryWorld, deliveryWorld } from '../testing/delivery-world.fixture.ts';
import { bothOverlays, overlay, sandbox } from '../testing/overlays.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await deliveryWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const image = 'registry.example/payment/cart';
const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;

/** An application whose sandbox has run 1.0.0, 2.0.0 and 3.0.0; of 2.0.0 only the tag was ever known. */
async function application(name: string) {
  const gitopsRepoUrl = await world.repository(name, { develop: bothOverlays(image) });
  for (const [at, letter] of ['a', 'b', 'c'].entries()) {
    const version = { tag: `${at + 1}.0.0`, ...(letter === 'b' ? {} : { digest: digestOf(letter) }) };
    const entry = { ...version, key: letter, order: `2026-01-01T0${at}:00:00Z`, sourceCommit: letter.repeat(40) };
    const lines = letter === 'c' ? `newTag: 3.0.0\ndigest: ${digestOf('c')}` : `newTag: ${version.tag}`;
    await world.commit(name, 'develop', {
      [sandbox]: overlay(image, lines),
      'app/overlays/snd/.luban': JSON.stringify({ version: '1', images: { [image]: entry } }),
    });
  }
  const inputs = { gitopsRepoUrl, projectName: 'payment', appName: 'cart', deployEnv: 'snd' };
  return { name, inputs: { ...inputs, requestedAt: '2026-01-02T00:00:00Z' } };
}

describe('a rollback', () => {
  test('puts back what ran before, as a new commit; its retry is the same request', async () => {
    const { name, inputs } = await application('before');

    const first = await world.run('rollback', inputs, { run: { requestedBy: 'ada' } });
    const refs = await world.refs(name);
    const retry = await world.run('rollback', inputs);

    expect(first).toMatchObject({ changed: true, outputs: { image, imageTag: '2.0.0', gitopsBranch: 'develop' } });
    expect(await world.file(name, 'develop', sandbox)).toBe(overlay(image, 'newTag: 2.0.0'));
    expect(retry).toMatchObject({ changed: false, outputs: { imageTag: '2.0.0' } });
    expect(await world.refs(name)).toBe(refs);
  });

  test('a listed digest never stays beside a version that it does not belong to', async () => {
    const { name, inputs } = await application('pinned');

    await world.run('rollback', { ...inputs, to: '1.0.0' });
    const both = await world.file(name, 'develop', sandbox);
    await world.run('rollback', { ...inputs, to: 'b'.repeat(12), requestedAt: '2026-01-03T00:00:00Z' });
    const tagAlone = await world.file(name, 'develop', sandbox);

    expect(both).toBe(overlay(image, `newTag: 1.0.0\ndigest: ${digestOf('a')}`));
    expect(tagAlone).toBe(overlay(image, 'newTag: 2.0.0'));
  });

  test('of what is in place is done already; a dry run only shows it', async () => {
    const { name, inputs } = await application('in-place');
    const refs = await world.refs(name);

    const same = await world.run('rollback', { ...inputs, to: '3.0.0' });
    const dry = await world.run('rollback', inputs, { dryRun: true });

    expect(same).toMatchObject({ changed: false, outputs: { imageTag: '3.0.0' } });
    expect(dry).toMatchObject({ changed: false, diff: expect.stringContaining('+    newTag: 2.0.0') });
    expect(await world.refs(name)).toBe(refs);
  });

  test('is refused where nothing is known, and when something newer came after it was asked for', async () => {
    const { name, inputs } = await application('refused');
    const refs = await world.refs(name);

    const unknown = await failureOf(world.run('rollback', { ...inputs, to: '9.9.9' }));
    const overtaken = await failureOf(world.run('rollback', { ...inputs, requestedAt: '2026-01-01T01:30:00Z' }));

    expect(unknown).toMatchObject({ name: 'StepError', hint: expect.stringContaining('Recorded there: 2.0.0') });
    expect(overtaken).toMatchObject({ name: 'StepError', message: expect.stringContaining('3.0.0 of cccccccccccc') });
    expect(await world.refs(name)).toBe(refs);
  });
});
