import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildPlace } from './place.ts';

/** A service binding, after https://github.com/servicebinding/spec#workload-projection */
export interface Binding {
  name: string;
  type: string;
  /** Text by key, without `type` and `provider`; in the order of the keys. */
  entries: Readonly<Record<string, string>>;
}

/** All bindings in the order of their names, below SERVICE_BINDING_ROOT or the platform's own folder. */
export async function readBindings({ environment, platform }: BuildPlace): Promise<Binding[]> {
  const root = environment['SERVICE_BINDING_ROOT'] || join(platform, 'bindings');
  const names = (await readdir(root).catch(() => [])).filter(isVisible).sort();
  const bindings = await Promise.all(names.map((name) => readBinding(join(root, name), name)));
  return bindings.filter((binding) => binding !== undefined);
}

/** A Secret that is optional and absent is an empty folder: no binding. */
async function readBinding(folder: string, name: string): Promise<Binding | undefined> {
  const keys = (await readdir(folder).catch(() => [])).filter(isVisible).sort();
  const texts = await Promise.all(keys.map(async (key) => [key, await readFile(join(folder, key), 'utf8')] as const));
  const { type, provider: _, ...entries } = Object.fromEntries(texts);
  return type === undefined ? undefined : { name, type: type.trim().toLowerCase(), entries };
}

/** Kubernetes keeps its own folders in a mounted Secret: `..data`. */
function isVisible(name: string): boolean {
  return !name.startsWith('.');
}
