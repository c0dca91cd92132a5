import type { NodeStatus, Workflow } from '@luban-ci/argo-workflows-schema';

const marks: Readonly<Record<string, string>> = {
  Pending: '◌',
  Running: '●',
  Succeeded: '✔',
  Failed: '✖',
  Error: '⚠',
  Skipped: '○',
  Omitted: '○',
};

/** A workflow and its nodes as lines, children indented below the steps, DAG or Retry they belong to. `now` dates what still runs. */
export function renderTree({ metadata, status }: Workflow, now: Date): string[] {
  const nodes = Object.values(status?.nodes ?? {}).filter((node) => node.type !== 'StepGroup');
  const phase = status?.phase ?? 'Pending';
  const time = duration(status?.startedAt, status?.finishedAt, now);
  const head = `${marks[phase] ?? '?'} ${metadata.name} ${phase}${time}${note(status?.message)}`;
  const roots = nodes.filter((node) => parentOf(node, nodes) === undefined);
  return [head, ...roots.flatMap((node) => renderNode(node, nodes, 1, now))];
}

function renderNode(node: NodeStatus, all: readonly NodeStatus[], depth: number, now: Date): string[] {
  const children = all.filter((each) => parentOf(each, all) === node);
  const time = duration(node.startedAt, node.finishedAt, now);
  const phase = node.phase ?? 'Pending';
  const quiet = phase === 'Succeeded' ? '' : ` ${phase}`;
  const line = `${'  '.repeat(depth)}${marks[phase] ?? '?'} ${node.displayName}${quiet}${time}${note(node.message)}`;
  return [line, ...children.flatMap((child) => renderNode(child, all, depth + 1, now))];
}

/** Attempts and turns stand below the node they were made from, everything else below its boundary. */
function parentOf(node: NodeStatus, all: readonly NodeStatus[]): NodeStatus | undefined {
  const base = node.name.replace(/\([^()]*\)$/, '');
  const made = base === node.name ? undefined : all.find((each) => each.name === base);
  return made ?? all.find((each) => each.id === node.boundaryID);
}

function duration(from: string | null | undefined, until: string | null | undefined, now: Date): string {
  if (from === undefined || from === null) return '';
  const end = until === undefined || until === null ? now.getTime() : Date.parse(until);
  const seconds = Math.max(0, Math.floor((end - Date.parse(from)) / 1000));
  return seconds < 60 ? ` ${seconds}s` : ` ${Math.floor(seconds / 60)}m${String(seconds % 60).padStart(2, '0')}s`;
}

function note(message: string | undefined): string {
  return message === undefined || message === '' ? '' : ` – ${message}`;
}
