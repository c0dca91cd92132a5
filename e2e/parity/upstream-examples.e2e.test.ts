import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Both, openBoth, patience } from './both.ts';
import { clusterAtHand, withoutCluster } from './cluster-at-hand.ts';
import { incomparable } from './incomparable.ts';
import { readUpstream, upstreamIsThere } from './read-upstream.ts';
import { refusalHere } from './run-here.ts';

const cluster = await clusterAtHand();
const { submissions, surroundings } = upstreamIsThere ? await readUpstream() : { submissions: [], surroundings: '' };
const judged = submissions.map((submission) => ({ submission, refusal: refusalHere(submission) }));
const accepted = judged.flatMap(({ submission, refusal }) => (refusal === undefined ? [submission] : []));
const compared = accepted.filter(({ name }) => incomparable[name] === undefined);
const refused = judged.flatMap(({ submission: { name }, refusal }) =>
  refusal === undefined
    ? []
    : [{ name, sentence: refusal.replace(/^.*cannot run on this machine: /, '').replaceAll(/\s+/g, ' ') }],
);

describe.skipIf(!upstreamIsThere)("of Argo's own examples", () => {
  test('so many are run, and every one that is left out is still there', () => {
    expect(compared.length).toBe(81);
    expect(Object.keys(incomparable).filter((name) => !accepted.some((each) => each.name === name))).toEqual([]);
  });

  test.each(refused)('$name is refused here: $sentence', ({ sentence }) => {
    expect(sentence).toMatch(/\w+[^:]*: \w+|^"/);
  });
});

const title = `Argo's own examples do here what they do there${cluster === undefined ? ` (${withoutCluster})` : ''}`;
describe.skipIf(cluster === undefined || !upstreamIsThere)(title, { concurrent: true, timeout: patience }, () => {
  let both: Both;
  beforeAll(async () => {
    both = await openBoth(surroundings);
  }, 60_000);
  afterAll(() => both[Symbol.asyncDispose](), 60_000);

  test.each(compared)('$name', async (submission) => {
    const { here, there, failures } = await both.run(submission);

    expect(here, failures).toEqual(there);
  });
});
