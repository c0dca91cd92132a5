import { defineConfig } from 'vitest/config';
import { testsThatWantPrograms } from '../tools/testing/src/tests-that-want-programs.ts';
import everyday from '../vitest.config.ts';

const inCluster = ['e2e/{forge,parity,suites}/*.e2e.test.ts'];

/** `make e2e`: what wants more time than `make test` may take, or programs that npm cannot bring. */
export default defineConfig({
  test: {
    ...everyday.test,
    projects: [
      {
        test: {
          ...everyday.test,
          name: 'programs',
          include: ['**/*.e2e.test.ts', ...testsThatWantPrograms],
          exclude: ['**/node_modules/**', ...inCluster],
        },
      },
      {
        test: {
          ...everyday.test,
          name: 'cluster',
          include: inCluster,
          exclude: ['**/node_modules/**'],
          maxWorkers: 1, // a file in the cluster takes every core
          maxConcurrency: 6, // workflows in the cluster, in the suites that run them side by side
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
