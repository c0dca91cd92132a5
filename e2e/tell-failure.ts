import { exitCodeOf, hintOf, messageOf } from '@luban-ci/core';

/** How a program that make calls ends when something was thrown: what it says, what helps, and the exit code of both. */
export function tellFailure(error: unknown): void {
  process.stderr.write(`✗ ${messageOf(error)}\n`);
  const hint = hintOf(error);
  if (hint !== undefined) process.stderr.write(`  ${hint}\n`);
  process.exitCode = exitCodeOf(error);
}
