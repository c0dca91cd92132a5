import type { Redactor } from './redaction.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One line of the story a step tells. `group` names the phase it belongs to. */
export interface LogLine {
  level: LogLevel;
  message: string;
  group?: string;
}

/** Where lines end up: a terminal, a GitHub job log, a test. Receives text that is already redacted. */
export type LogSink = (line: LogLine) => void;

/** The story of a run, for people. Results are never told here: they are outputs. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
  /** The same log, with lines marked as part of a named phase. */
  group(name: string): Log;
}

/** A log that takes every registered secret out of a line once, just before it reaches the sink. */
export function createLog(sink: LogSink, redactor: Redactor, group?: string): Log {
  const write = (level: LogLevel, message: string): void => {
    sink({ level, message: redactor.redact(message), ...(group === undefined ? {} : { group }) });
  };
  return {
    debug: (message) => write('debug', message),
    info: (message) => write('info', message),
    warn: (message) => write('warn', message),
    error: (message) => write('error', message),
    group: (name) => createLog(sink, redactor, group === undefined ? name : `${group} › ${name}`),
  };
}

/** A log that nobody reads. */
export const silentLog: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  group: () => silentLog,
};
