import type { LogSink } from '@luban-ci/core';
import type { Surroundings } from '../host.ts';

/** Plain lines; Argo's page shows them as the log of the pod. */
export function createSink(around: Surroundings): LogSink {
  return ({ level, message, group }) => {
    if (level === 'debug') return;
    const mark = level === 'info' ? '' : `${level.toUpperCase()} `;
    around.writeErr(`${mark}${group === undefined ? '' : `${group}: `}${message}\n`);
  };
}
