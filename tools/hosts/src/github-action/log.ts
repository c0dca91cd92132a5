import { debug, endGroup, error, info, startGroup, warning } from '@actions/core';
import type { LogLevel, LogSink } from '@luban-ci/core';
import type { Surroundings } from '../host.ts';

const say: Record<LogLevel, (message: string) => void> = { debug, info, warn: warning, error };

/** Lines of the job log; warnings and errors become annotations, groups fold. */
export function createSink(_around: Surroundings): LogSink {
  const open: string[] = [];
  return ({ level, message, group }) => {
    if (open.at(-1) !== group) {
      if (open.pop() !== undefined) endGroup();
      if (group !== undefined) startGroup(group);
      if (group !== undefined) open.push(group);
    }
    say[level](message);
  };
}
