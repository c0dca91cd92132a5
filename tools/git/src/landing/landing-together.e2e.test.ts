import { test } from 'vitest';
import { patience, raceOf, raceUnderFire, sameImageRace, seededRandom } from './landing-race.fixture.ts';

test.each([10, 20, 50])(
  'of %i processes on one branch every one lands or is superseded, and nothing goes back',
  raceOf,
  patience,
);

test.each([
  [20, 1],
  [100, 2],
])(
  'of %i processes, killed at random, on a line that delays, breaks and lies, every one lands exactly once (seed %i)',
  async (count, seed) => raceUnderFire(count, seededRandom(seed)),
  3 * patience,
);

test(
  'of 50 processes with the same image the newest build remains, and the others are told',
  async () => sameImageRace(50),
  patience,
);
