import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const name = 'luban-cluster';
const root = '/sys/fs/cgroup';

/**
 * A group counts as much as one process beside it, and a node is hundreds: without more weight, whatever else a busy machine
 * does starves it until its timeouts pass. The default is 1024 (v1) or 100 (v2).
 */
const weights = { 'cpu.shares': 4096, 'cpu.weight': 400 };

/** The group of all processes of a node: one folder, or one for each resource where the kernel still has it so (v1). */
function groupFolders(): string[] {
  if (existsSync(join(root, 'cgroup.controllers'))) return [join(root, name)];
  return readdirSync(root)
    .map((resource) => join(root, resource))
    .filter((folder) => existsSync(join(folder, 'cgroup.procs')))
    .map((folder) => join(folder, name));
}

/** Puts this process, and all that it will start, into the node's group. */
export function joinProcessGroup(): void {
  for (const folder of groupFolders()) {
    mkdirSync(folder, { recursive: true });
    for (const file of ['cpuset.cpus', 'cpuset.mems']) inherit(folder, file);
    for (const [file, weight] of Object.entries(weights)) {
      if (existsSync(join(folder, file))) writeFileSync(join(folder, file), String(weight));
    }
    writeFileSync(join(folder, 'cgroup.procs'), String(process.pid));
  }
}

/** Which processors a group may use is empty at first (v1), and then it may hold no process. */
function inherit(folder: string, file: string): void {
  const above = join(folder, '..', file);
  if (existsSync(above) && existsSync(join(folder, file))) writeFileSync(join(folder, file), readFileSync(above));
}

/** How many processes are in the node's group, the groups within it included. */
export function processesInGroup(): number {
  return groupFolders()
    .slice(0, 1)
    .flatMap(withThoseBelow)
    .reduce((count, folder) => count + readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').length - 1, 0);
}

/** Takes the group away, when nothing runs in it. */
export function removeProcessGroup(): void {
  for (const folder of groupFolders().flatMap(withThoseBelow)) rmdirSync(folder);
}

/** The deepest first. */
function withThoseBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...below.flatMap((entry) => withThoseBelow(join(folder, entry.name))), folder];
}
