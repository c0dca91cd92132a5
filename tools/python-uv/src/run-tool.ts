import type { Log } from '@luban-ci/core';
import { StepError } from '@luban-ci/core';
import { runProgram } from '@luban-ci/process';

export interface Tool {
  /** Absolute path. */
  program: string;
  environment: Readonly<Record<string, string>>;
  cwd: string;
  log: Log;
}

/**
 * Runs a program of the build; what it says is told as it comes.
 *
 * @throws StepError when it does not end with 0
 */
export async function runTool(what: string, args: readonly string[], tool: Tool): Promise<void> {
  const rest = { text: '' };
  const tell = (chunk: string): void => {
    const lines = `${rest.text}${chunk}`.split('\n');
    rest.text = lines.pop() ?? '';
    for (const line of lines) tool.log.info(line);
  };
  const { exitCode } = await runProgram(tool.program, args, { cwd: tool.cwd, env: tool.environment, onOutput: tell });
  if (rest.text !== '') tool.log.info(rest.text);
  if (exitCode !== 0) throw new StepError(`${what} ended with exit code ${exitCode}`);
}
