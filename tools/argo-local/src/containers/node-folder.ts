import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import type { KeyToPath, Volume, VolumeMount } from '@luban-ci/argo-workflows-schema';
import { InputError } from '@luban-ci/core';
import type { Pod } from '../engine/pod.ts';
import { type Catalog, findKeyedData, type KeyedData } from '../model/catalog.ts';
import { mapPath, type PathMapping } from './path-mapping.ts';

/** The place of one pod on this machine. */
export interface NodeFolder {
  /** Stands for the container's HOME. */
  home: string;
  /** Where it starts when it has no workingDir. */
  work: string;
  temporary: string;
  paths: PathMapping;
}

interface Surroundings {
  /** The run's folder. */
  folder: string;
  namespace: string;
  catalog: Catalog;
}

/**
 * Makes the folders of a pod: one for each volume it mounts, `/tmp`, and one for outputs that lie in no volume.
 * Volumes belong to the pod, claims to the whole run.
 */
export async function createNodeFolder(pod: Pod, around: Surroundings): Promise<NodeFolder> {
  const root = join(around.folder, 'nodes', pod.nodeId);
  const [home, work, temporary] = [join(root, 'home'), join(root, 'work'), join(root, 'tmp')];
  for (const folder of [home, work, temporary]) await mkdir(folder, { recursive: true });
  const paths = new Map([['/tmp', temporary]]);
  for (const mount of pod.container.volumeMounts ?? []) {
    paths.set(mount.mountPath.replace(/(.)\/$/, '$1'), await mounted(pod, mount, root, around));
  }
  for (const [index, path] of pod.outputPaths.entries()) {
    const inVolume = mapPath(path, paths);
    const local = inVolume ?? join(root, 'outputs', String(index));
    if (inVolume === undefined) paths.set(normalize(path), local);
    await mkdir(dirname(local), { recursive: true });
  }
  return { home, work, temporary, paths };
}

async function mounted(pod: Pod, mount: VolumeMount, root: string, around: Surroundings): Promise<string> {
  const volume = pod.volumes.find((each) => each.name === mount.name);
  const claimed = volume === undefined && pod.claims.includes(mount.name);
  const folder = join(claimed ? around.folder : root, 'volumes', inside(mount.name));
  await mkdir(folder, { recursive: true });
  if (volume !== undefined) await fillVolume(volume, folder, around);
  const local = join(folder, inside(mount.subPath ?? ''));
  const isFile = volume?.configMap !== undefined || volume?.secret !== undefined;
  if (!isFile) await mkdir(local, { recursive: true });
  return local;
}

async function fillVolume(volume: Volume, folder: string, { catalog, namespace }: Surroundings): Promise<void> {
  if (volume.configMap !== undefined) {
    const { name = '', items, optional } = volume.configMap;
    const found = findKeyedData(catalog.configMaps, name, namespace);
    await writeKeys(found, items, folder, optional === true, `the ConfigMap ${name}`);
  }
  if (volume.secret !== undefined) {
    const { secretName = '', items, optional } = volume.secret;
    const found = findKeyedData(catalog.secrets, secretName, namespace);
    await writeKeys(found, items, folder, optional === true, `the Secret ${secretName}`);
  }
}

async function writeKeys(
  source: KeyedData | undefined,
  items: readonly KeyToPath[] | undefined,
  folder: string,
  optional: boolean,
  called: string,
): Promise<void> {
  if (source === undefined && !optional) throw new InputError(`${called} is not there`);
  if (source === undefined) return;
  const wanted = items ?? Object.keys(source.data).map((key) => ({ key, path: key }));
  for (const { key, path } of wanted) {
    const text = source.data[key];
    if (text === undefined && !optional) throw new InputError(`${called} has no key ${key}`);
    if (text === undefined) continue;
    const file = join(folder, inside(path));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { mode: 0o600 });
  }
}

/** A path within a folder; `..` may not lead out of it. */
function inside(path: string): string {
  const clean = normalize(path);
  if (clean.startsWith('..') || clean.startsWith('/')) throw new InputError(`${path} leads out of its volume`);
  return clean;
}
