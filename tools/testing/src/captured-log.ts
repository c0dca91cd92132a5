import { createLog, createRedactor, type Log, type LogLine } from '@luban-ci/core';

/** A log whose lines a test can read afterwards. */
export interface CapturedLog {
  log: Log;
  lines: LogLine[];
  /** All messages, one a line. */
  text(): string;
}

export function capturedLog(secrets: Iterable<string> = []): CapturedLog {
  const lines: LogLine[] = [];
  return {
    log: createLog((line) => lines.push(line), createRedactor(secrets)),
    lines,
    text: () => lines.map((line) => line.message).join('\n'),
  };
}
