import { readdirSync, readFileSync } from 'node:fs';

/** A process of this machine and all that it has started, by their ids. Linux alone. */
export function processTree(root: number): number[] {
  const parents = readdirSync('/proc').flatMap((name): [number, number][] => {
    if (!/^\d+$/.test(name)) return [];
    const parent = parentOf(name);
    return parent === undefined ? [] : [[Number(name), parent]];
  });
  const below = (id: number): number[] =>
    parents.flatMap(([each, parent]) => (parent === id ? [each, ...below(each)] : []));
  return [root, ...below(root)];
}

/** proc_pid_stat(5): the fourth field; the second is a name in brackets, which may hold anything. */
function parentOf(id: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined; // it has ended
  }
}
