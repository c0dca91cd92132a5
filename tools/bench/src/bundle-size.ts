import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Bar, BenchResult } from './result.ts';

const kilobyte = 1024;

/** How large what ships is: everything, and the part that each step loads. */
export async function benchBundleSize(place: { root: string; luban: string }): Promise<BenchResult> {
  const command = await sizes(dirname(place.luban));
  const actions = await sizes(join(place.root, 'actions/dist'));
  const bar = (what: string, files: Record<string, number>, only: RegExp, allowed: number): Bar => ({
    what,
    measured: total(files, only) / kilobyte,
    allowed,
    unit: 'KB',
  });
  return {
    id: 'size',
    title: 'what ships',
    samples: [],
    missing: [],
    remarks: {},
    bars: [
      bar('what every step of the command loads', command, /^(luban\.mjs|chunk-base\.cjs|main\.cjs)$/, 280),
      bar('the command but for the Kubernetes client', command, /^(?!chunk-kubernetes\.).*\.[cm]js$/, 1900),
      bar('the Kubernetes client', command, /^chunk-kubernetes\./, 2400),
      bar('all actions, for each of them', perAction(actions), /\.mjs$/, 250),
    ],
  };
}

/** Each action's share of all: they have their chunks in common. */
function perAction(files: Record<string, number>): Record<string, number> {
  const actions = Object.keys(files).filter((name) => /^(?!chunk-).*\.mjs$/.test(name)).length;
  return Object.fromEntries(Object.entries(files).map(([name, size]) => [name, size / actions]));
}

async function sizes(folder: string): Promise<Record<string, number>> {
  const names = await readdir(folder);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await stat(join(folder, name))).size])),
  );
}

function total(files: Record<string, number>, only: RegExp): number {
  return Object.entries(files)
    .filter(([name]) => only.test(name))
    .reduce((sum, [, size]) => sum + size, 0);
}
