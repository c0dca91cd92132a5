import { expect, test } from 'vitest';
import { mediaTypes } from '../manifest.ts';
import { type Given, pushImage } from '../registry-under-test.fixture.ts';
import { parsePlatform } from './platforms-of.ts';
import { selectTag } from './select-tag.ts';

/** Tags are chosen alike, whatever order a registry lists them in. */
export function tagSelectionContract(given: () => Promise<Given>): void {
  test('the highest version of a range is chosen, with its digest and the reason', async () => {
    await using at = await given();
    const { digest } = await pushImage(at, '1.4.9', 'one');
    const wanted = await pushImage(at, 'v1.4.10', 'two');
    for (const tag of ['1.5.0-rc.1', '2.0.0', 'latest']) await at.client.retag(at.repository, digest, tag);

    const chosen = await selectTag(at.client, { repository: at.repository, policy: { kind: 'semver', range: '^1' } });

    expect(chosen).toEqual({
      tag: 'v1.4.10',
      digest: wanted.digest,
      runnerUp: '1.4.9',
      explanation: [
        'v1.4.10 is the highest version of ^1, of 2 that may be chosen among 5',
        'v1.4.10 is a higher version than 1.4.9, which is next',
        '1 left out: a prerelease, and ^1 names none (1.5.0-rc.1)',
        '1 left out: no semantic version (latest)',
        '1 left out: outside ^1 (2.0.0)',
      ],
    });
  });

  test('the newest build is chosen, and one that does not tell its time is not', async () => {
    await using at = await given();
    await pushImage(at, 'a', 'one', { created: '2026-03-01T00:00:00Z' });
    const wanted = await pushImage(at, 'b', 'two', { created: '2026-03-02T00:00:00+00:00' });
    await pushImage(at, 'c', 'three', { created: '1980-01-01T00:00:01Z' });

    const chosen = await selectTag(at.client, { repository: at.repository, policy: { kind: 'newest' } });

    expect(chosen).toEqual({
      tag: 'b',
      digest: wanted.digest,
      runnerUp: 'a',
      explanation: [
        'b (2026-03-02T00:00:00.000Z) is the newest build, of 2 that may be chosen among 3',
        'b (2026-03-02T00:00:00.000Z) was built after a (2026-03-01T00:00:00.000Z), which is next',
        '1 left out: without a time at which it was built (c)',
      ],
    });
  });

  test('a tag is passed over that lacks a platform', async () => {
    await using at = await given();
    const amd64 = await pushImage(at, '1.2.0', 'one');
    const arm64 = await pushImage(at, '1.1.0', 'one', { architecture: 'arm64' });
    const entries = Object.entries({ amd64, arm64 }).map(([architecture, image]) => {
      return { ...image, platform: { os: 'linux', architecture } };
    });
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: entries }));
    const both = await at.client.putManifest(at.repository, { bytes, mediaType: mediaTypes.ociIndex }, '1.0.0');
    const request = { repository: at.repository, policy: { kind: 'semver', range: '*' } } as const;

    const arm = await selectTag(at.client, { ...request, platforms: [parsePlatform('linux/arm64')] });
    const all = await selectTag(at.client, {
      ...request,
      platforms: [parsePlatform('linux/arm64'), parsePlatform('linux/amd64')],
    });
    const none = await selectTag(at.client, { ...request, platforms: [parsePlatform('linux/s390x')] });

    expect([arm.tag, arm.digest]).toEqual(['1.1.0', arm64.digest]);
    expect([all.tag, all.digest, all.explanation[1]]).toEqual([
      '1.0.0',
      both.digest,
      '1.2.0 comes before it, but has no image for linux/arm64',
    ]);
    expect(none.tag).toBeUndefined();
    expect(none.explanation[0]).toBe('nothing is the highest version of * among 3 tags');
  });

  test('a policy for one tag answers its digest, or that there is none', async () => {
    await using at = await given();
    const { digest } = await pushImage(at, 'stable', 'one');
    const choose = (tag: string) =>
      selectTag(at.client, { repository: at.repository, policy: { kind: 'digest', tag } });

    expect(await choose('stable')).toEqual({
      tag: 'stable',
      digest,
      explanation: ['the digest is the one that stable stands for'],
    });
    expect(await choose('none')).toEqual({ explanation: ['none is not there'] });
  });
}
