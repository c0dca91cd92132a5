import { defineConfig } from 'vitest/config';
import { testsThatWantPrograms } from '../tools/testing/src/tests-that-want-programs.ts';
import everyday from '../vitest.config.ts';

const { include: _everydayTests, exclude: _otherTests, ...asEveryday } = everyday.test ?? {};
const testsInCluster = ['e2e/{forge,parity,suites}/*.e2e.test.ts'];
const packages = '**/node_modules/**';

/** `make e2e`: what wants more time than `make test` may take, or programs that npm cannot bring. */
export default defineConfig({
  test: {
    ...asEveryday,
    projects: [
      {
        extends: true,
        test: {
          name: 'programs',
          include: ['**/*.e2e.test.ts', ...testsThatWantPrograms],
          exclude: [packages, ...testsInCluster],
        },
      },
      {
        extends: true,
        test: {
          name: 'cluster',
          include: testsInCluster,
          exclude: [packages],
          maxConcurrency: 6, // workflows side by side, in each of two files
          testTimeout: 120_000, // the forge is slow while pods of the other file run
        },
      },
    ],
  },
});
