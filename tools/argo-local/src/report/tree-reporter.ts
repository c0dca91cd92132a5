import type { Workflow } from '@luban-ci/argo-workflows-schema';
import type { Clock } from '@luban-ci/core';
import { isFulfilled } from '../engine/node-table.ts';
import type { RunEvent } from '../run-events.ts';
import { renderTree } from './render-tree.ts';

/** Where a report is written: a terminal, or anything that takes text. */
export interface ReportSink {
  write(text: string): void;
  /** A terminal gets a tree that is redrawn in place, anything else a line for each change. */
  isTerminal: boolean;
}

/** Takes the events of a run and shows them to a person. */
export interface TreeReporter {
  onEvent(event: RunEvent): void;
}

export function createTreeReporter(sink: ReportSink, clock: Clock): TreeReporter {
  return sink.isTerminal ? createLiveTree(sink, clock) : createPlainLines(sink);
}

/** Moves the cursor up over the last picture and draws the next one; the output of programs scrolls away above it. */
function createLiveTree(sink: ReportSink, clock: Clock): TreeReporter {
  const shown = new Map<string, Workflow>();
  let height = 0;
  const draw = (above: string): void => {
    const lines = [...shown.values()].flatMap((workflow) => renderTree(workflow, clock.now()));
    const up = height === 0 ? '' : `\u001b[${height}A\u001b[J`;
    sink.write(`${up}${above}${lines.map((line) => `${line}\n`).join('')}`);
    height = lines.length;
  };
  return {
    onEvent: (event) => {
      if (event.type === 'output') return draw(event.text.endsWith('\n') ? event.text : `${event.text}\n`);
      if (event.type === 'workflow') shown.set(event.workflow.metadata.name ?? '', event.workflow);
      const workflow = event.type === 'node' ? shown.get(event.workflow) : undefined;
      if (event.type === 'node' && workflow !== undefined) {
        const nodes = { ...workflow.status?.nodes, [event.node.id]: event.node };
        shown.set(event.workflow, { ...workflow, status: { ...workflow.status, nodes } });
      }
      return draw('');
    },
  };
}

function createPlainLines(sink: ReportSink): TreeReporter {
  const told = new Set<string>();
  const tell = (line: string): void => {
    if (!told.has(line)) sink.write(`${line}\n`);
    told.add(line);
  };
  return {
    onEvent: (event) => {
      if (event.type === 'output') {
        for (const line of event.text.split('\n').filter((each) => each !== ''))
          sink.write(`${event.nodeName} | ${line}\n`);
        return;
      }
      if (event.type === 'workflow') {
        const { metadata, status } = event.workflow;
        tell([`${metadata.name} ${status?.phase}`, status?.message].filter((part) => part !== undefined).join(': '));
        return;
      }
      const { name, phase, message = '', type } = event.node;
      if (type === 'StepGroup' || (phase !== 'Running' && !isFulfilled(phase))) return;
      tell(`${name} ${phase}${message === '' ? '' : `: ${message}`}`);
    },
  };
}
