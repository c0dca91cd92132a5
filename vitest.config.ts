import { defineConfig } from 'vitest/config';
import { ClosingLineReporter } from './tools/testing/src/closing-line-reporter.ts';

/** `make test`: npm and git alone, a few minutes. What wants more of either is in e2e/vitest.config.ts. */
export default defineConfig({
  test: {
    include: [
      'tools/*/src/**/*.test.ts',
      'workflows/**/*.test.ts',
      'actions/*/src/*.test.ts',
      'gitops-template/*.test.ts',
      'manifests/*.test.ts',
      'e2e/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/*.e2e.test.ts'],
    globalSetup: ['tools/gitops-utils/src/testing/built-command.ts'],
    reporters: [['default', { summary: false }], new ClosingLineReporter()],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    maxWorkers: 2,
    unstubEnvs: true,
  },
});
