import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, messageOf } from '@luban-ci/core';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const Data = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String));
const ConfigMap = z.object({ kind: z.literal('ConfigMap'), data: Data });

/**
 * Reads a ConfigMap from where this machine has it: a folder with one file for each key (how Kubernetes mounts it), a
 * manifest, or a plain YAML or JSON map.
 *
 * @throws InputError when nothing is there or it is no map of texts
 */
export async function readConfigMap(path: string): Promise<Record<string, string>> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new InputError(`There is no configuration at ${path}`);
  return found.isDirectory() ? readMounted(path) : parseConfigMap(await readFile(path, 'utf8'), path);
}

/** The data of a ConfigMap manifest, or of a plain map. */
export function parseConfigMap(text: string, path: string): Record<string, string> {
  const content = parsed(text, path);
  const manifest = ConfigMap.safeParse(content);
  if (manifest.success) return manifest.data.data;
  const plain = Data.safeParse(content ?? {});
  if (plain.success) return plain.data;
  throw new InputError(`${path} is neither a ConfigMap nor a map of texts`);
}

/** A plain map of texts as a file, which `readConfigMap` reads back. */
export function serialiseConfigMap(data: Readonly<Record<string, string>>): string {
  return stringify(data, { lineWidth: 0 });
}

/** Kubernetes keeps the real files behind `..data`; the names without a leading dot are the keys. */
async function readMounted(folder: string): Promise<Record<string, string>> {
  const keys = (await readdir(folder)).filter((name) => !name.startsWith('.'));
  const values = await Promise.all(keys.map((key) => readFile(join(folder, key), 'utf8')));
  return Object.fromEntries(keys.map((key, index) => [key, values[index] ?? '']));
}

function parsed(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new InputError(`${path} is no YAML: ${messageOf(error)}`, [], { cause: error });
  }
}
