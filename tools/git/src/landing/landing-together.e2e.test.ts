import { test } from 'vitest';
import { patience, raceOf } from './landing-race.fixture.ts';

test.each([10, 20])(
  'of %i processes on one branch every one lands or is superseded, and nothing goes back',
  raceOf,
  patience,
);
