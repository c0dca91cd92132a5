import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'smol-toml';
import { z } from 'zod';

/** What a layer is for, as in its `<layer>.toml`. */
export interface LayerTypes {
  build?: boolean;
  launch?: boolean;
  cache?: boolean;
}

/** One folder of the image or of the cache. */
export interface Layer {
  name: string;
  path: string;
  /** What an earlier build wrote beside what it left there; empty where nothing came back. */
  metadata: Readonly<Record<string, string>>;
}

const LayerFile = z.looseObject({ metadata: z.record(z.string(), z.unknown()).default({}) });

/** A layer as an earlier build left it, if one did, with its folder made. */
export async function openLayer(layers: string, name: string): Promise<Layer> {
  const path = join(layers, name);
  const text = await readFile(`${path}.toml`, 'utf8').catch(() => '');
  const { metadata } = LayerFile.catch({ metadata: {} }).parse(tomlOf(text));
  await mkdir(path, { recursive: true });
  const texts = Object.entries(metadata).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { name, path, metadata: Object.fromEntries(texts) };
}

/** The lifecycle hands layers back without their types, so they are written every time. */
export async function keepLayer(layer: Layer, types: LayerTypes, metadata: Record<string, string>): Promise<void> {
  await writeFile(`${layer.path}.toml`, stringify({ types: { ...types }, metadata }));
}

export async function emptyLayer(layer: Layer): Promise<void> {
  await rm(layer.path, { recursive: true, force: true });
  await mkdir(layer.path, { recursive: true });
}

/**
 * Variables that the launcher sets before anything starts.
 *
 * @param variables a name that ends in `.default` gives way to what the container says
 */
export async function setForLaunch(layer: Layer, variables: Readonly<Record<string, string>>): Promise<void> {
  const folder = join(layer.path, 'env.launch');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, value] of Object.entries(variables)) await writeFile(join(folder, name), value);
}

function tomlOf(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return {};
  }
}
