import type { StorySink, Surroundings } from '../host.ts';

/** Plain lines; Argo's page shows them as the log of the pod. */
export function createSink(around: Surroundings): StorySink {
  return {
    write: ({ level, message, group }) => {
      if (level === 'debug') return;
      const mark = level === 'info' ? '' : `${level.toUpperCase()} `;
      around.writeErr(`${mark}${group === undefined ? '' : `${group}: `}${message}\n`);
    },
    endGroup: () => {},
  };
}
