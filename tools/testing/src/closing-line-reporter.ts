import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one plain line that counts every test: `N passed, N failed, N skipped`. */
export class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const count = (state: string): number => states.filter((each) => each === state).length;
    const skipped = count('skipped');
    const line = `${count('passed')} passed, ${count('failed') + broken} failed`;
    process.stdout.write(`\n${line}${skipped === 0 ? '' : `, ${skipped} skipped`}\n`);
  }
}
