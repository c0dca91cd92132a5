import { debug, endGroup, error, info, startGroup, warning } from '@actions/core';
import type { LogLevel } from '@luban-ci/core';
import type { StorySink, Surroundings } from '../host.ts';
import { plainText } from './plain-text.ts';

const say: Record<LogLevel, (message: string) => void> = {
  debug,
  info: (message) => info(plainText(message)),
  warn: warning,
  error,
};

/** Lines of the job log; warnings and errors become annotations, groups fold. */
export function createSink(_around: Surroundings): StorySink {
  const open: string[] = [];
  const enter = (group: string | undefined): void => {
    if (open.at(-1) === group) return;
    if (open.pop() !== undefined) endGroup();
    if (group === undefined) return;
    startGroup(group);
    open.push(group);
  };
  return {
    write: ({ level, message, group }) => {
      enter(group);
      say[level](message);
    },
    endGroup: () => enter(undefined),
  };
}
