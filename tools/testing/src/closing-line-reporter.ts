import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one plain line that counts every test. */
export class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    process.stdout.write(`\n${closingLine(modules)}\n`);
  }
}

/** `N passed, N failed`, and `, N skipped` where some were; a file that broke outside of its tests failed once. */
export function closingLine(modules: readonly TestModule[]): string {
  const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
  const broken = modules.filter((module) => module.errors().length > 0).length;
  const count = (state: string): number => states.filter((each) => each === state).length;
  const skipped = count('skipped');
  return `${count('passed')} passed, ${count('failed') + broken} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
