import type { StorySink, Surroundings } from '../host.ts';

/** Lines of the job log, with a collapsible section for each group. */
export function createSink(around: Surroundings): StorySink {
  const sections = createSections(around);
  return {
    write: ({ level, message, group }) => {
      if (level === 'debug') return;
      sections.enter(group);
      around.writeErr(`${level === 'info' ? '' : `${level.toUpperCase()} `}${message}\n`);
    },
    endGroup: () => sections.enter(undefined),
  };
}

/** GitLab's markers: `section_start:<unix seconds>:<id>`, a carriage return and an erase-line sequence. */
function createSections(around: Surroundings): { enter(group: string | undefined): void } {
  const open: string[] = [];
  const marker = (kind: 'start' | 'end', group: string): string =>
    `\u001b[0Ksection_${kind}:${Math.floor(Date.now() / 1000)}:${group.replaceAll(/[^A-Za-z0-9]+/g, '_')}\r\u001b[0K`;
  return {
    enter: (group) => {
      const current = open.at(-1);
      if (current === group) return;
      if (current !== undefined) around.writeErr(`${marker('end', open.pop() ?? current)}\n`);
      if (group !== undefined) around.writeErr(`${marker('start', group)}${group}\n`);
      if (group !== undefined) open.push(group);
    },
  };
}
