import type { RunEvent } from '@luban-ci/argo-local';
import type { Story } from './story.ts';

const lastLines = 6;

/** Tells the end of every pod once, with its seconds; of one that failed, what it said last. */
export function createNodeTeller(story: Story): (event: RunEvent) => void {
  const told = new Set<string>();
  const said = new Map<string, string>();
  return (event) => {
    if (event.type === 'output') said.set(event.nodeId, `${said.get(event.nodeId) ?? ''}${event.text}`);
    if (event.type !== 'node' || event.node.type !== 'Pod' || !event.node.finishedAt || told.has(event.node.id)) return;
    told.add(event.node.id);
    const { id, name, phase } = event.node;
    const step = name
      .split('.')
      .at(-1)
      ?.replace(/\(\d+\)$/, '');
    story.say(`${phase === 'Succeeded' ? '✓' : '✗'} ${step}`);
    if (phase === 'Succeeded') return;
    for (const line of (said.get(id) ?? '').trimEnd().split('\n').slice(-lastLines)) story.say(`  ${line}`);
  };
}
