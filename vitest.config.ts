import { defineConfig } from 'vitest/config';
import { ClosingLineReporter } from './tools/testing/src/closing-line-reporter.ts';
import { testsThatWantPrograms } from './tools/testing/src/tests-that-want-programs.ts';

const slow = '**/*.e2e.test.ts';

/** `everyday` is `make test`: npm and git alone, minutes. `e2e` is `make e2e`: what wants more of either. */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'everyday',
          include: [
            'tools/*/src/**/*.test.ts',
            'workflows/**/*.test.ts',
            'actions/*/src/*.test.ts',
            'gitops-template/*.test.ts',
            'manifests/*.test.ts',
          ],
          exclude: ['**/node_modules/**', slow],
        },
      },
      { extends: true, test: { name: 'e2e', include: [slow, ...testsThatWantPrograms] } },
    ],
    reporters: [['default', { summary: false }], new ClosingLineReporter()],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    maxWorkers: 2,
    unstubEnvs: true,
  },
});
