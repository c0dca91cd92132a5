import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Both, openBoth, patience } from './both.ts';
import { clusterAtHand, withoutCluster } from './cluster-at-hand.ts';
import { readOwn } from './read-own.ts';
import { refusalHere } from './run-here.ts';

const cluster = await clusterAtHand();
const { submissions, surroundings } = await readOwn();

/** Argo runs them, but not as they say; here they are refused before anything runs. */
const refusedHereAlone = [['exit-handler-by-expression', 'spec.hooks.exit.expression: is not looked at by Argo']];
const compared = submissions.filter(({ name }) => !refusedHereAlone.some(([each]) => each === name));

test.each(refusedHereAlone)('%s is refused: %s', (name, sentence) => {
  const submission = submissions.find((each) => each.name === name);

  const refusal = submission === undefined ? 'it is not there' : refusalHere(submission);

  expect(refusal).toContain(sentence);
});

const title = `argo-local does what Argo does${cluster === undefined ? ` (${withoutCluster})` : ''}`;
describe.skipIf(cluster === undefined)(title, { concurrent: true, timeout: patience }, () => {
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
