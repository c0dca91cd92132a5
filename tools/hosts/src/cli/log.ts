import { styleText } from 'node:util';
import type { LogLevel } from '@luban-ci/core';
import type { StorySink, Surroundings } from '../host.ts';

const colours = { debug: 'gray', info: 'cyan', warn: 'yellow', error: 'red' } as const;
const marks: Record<LogLevel, string> = { debug: '·', info: '›', warn: '!', error: '✗' };

/** The story on standard error, one line each; debug lines only where LUBAN_DEBUG asks for them. */
export function createSink(around: Surroundings): StorySink {
  const wantsDebug = (around.env['LUBAN_DEBUG'] ?? '') !== '';
  return {
    write: ({ level, message, group }) => {
      if (level === 'debug' && !wantsDebug) return;
      const mark = painted(colours[level], marks[level], around.isTerminal);
      around.writeErr(`${mark} ${group === undefined ? '' : `${group}: `}${message}\n`);
    },
    endGroup: () => {},
  };
}

/** Colour for a person, plain text for a file. */
export function painted(colour: Parameters<typeof styleText>[0], text: string, isTerminal: boolean): string {
  return isTerminal ? styleText(colour, text, { validateStream: false }) : text;
}
