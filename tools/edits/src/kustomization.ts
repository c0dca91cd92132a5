import { InputError, StepError } from '@luban-ci/core';
import { dataOf, parseYaml, type YamlFile } from '@luban-ci/yaml-text';
import type { Files } from './files.ts';
import { isRecord } from './image-places/image-place.ts';

/** The names that kustomize looks for, in its order; two of them in one folder are an error to it, and to us. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** One entry of `images[]`, as it is written: values are text even where YAML would read a number. */
export interface KustomizeImage {
  name: string;
  newName?: string;
  newTag?: string;
  digest?: string;
}

/** A kustomization that was read for editing. */
export interface Kustomization {
  yaml: YamlFile;
  images: KustomizeImage[];
}

/**
 * The `images[]` of a kustomization, in order.
 *
 * @throws StepError naming the file when it is not valid YAML, or when `images` is not a list of named entries
 */
export function readImages(text: string, path: string): KustomizeImage[] {
  return parseKustomization(text, path).images;
}

/** @throws StepError when the file is not valid YAML, holds more than one document, or `images` is malformed */
export function parseKustomization(text: string, path: string): Kustomization {
  const yaml = parseYaml(text, path);
  const filled = yaml.documents.filter(({ contents }) => contents !== null);
  if (filled.length > 1 || (filled.length === 1 && yaml.documents[0]?.contents === null)) {
    throw new StepError(`${path} holds more than one YAML document, which kustomize does not accept`);
  }
  return { yaml, images: imagesOf(yaml) };
}

function imagesOf(yaml: YamlFile): KustomizeImage[] {
  const data = dataOf(yaml) ?? {};
  if (typeof data === 'object' && !Array.isArray(data))
    return readImagesOf('images' in data ? data.images : [], yaml.file);
  throw new StepError(`${yaml.file} is not a kustomization: it holds no map`);
}

/**
 * The value of `images` in a kustomization, or in the `spec` of a Flux Kustomization; nothing is an empty list.
 *
 * @throws StepError when it is something else than a list of named entries
 */
export function readImagesOf(value: unknown, file: string): KustomizeImage[] {
  if (isNothing(value)) return [];
  if (!Array.isArray(value)) throw notImages(file, 'images is no list');
  return value.map((entry: unknown, at) => readImage(entry, at, file));
}

/** Checked by hand, because a bulk edit reads it some hundred thousand times; kustomize takes an empty value for none. */
function readImage(entry: unknown, at: number, file: string): KustomizeImage {
  if (!isRecord(entry) || typeof entry['name'] !== 'string') throw notImages(file, `images.${at} has no name`);
  const image: KustomizeImage = { name: entry['name'] };
  for (const key of imageKeys) {
    const part = entry[key];
    if (isNothing(part)) continue;
    if (typeof part !== 'string') throw notImages(file, `images.${at}.${key} is no text`);
    image[key] = part;
  }
  return image;
}

const imageKeys = ['newName', 'newTag', 'digest'] as const;

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === 'null' || value === '~';
}

function notImages(file: string, what: string): StepError {
  return new StepError(`${file} is not a kustomization: ${what}`, {
    hint: '`images` has to be a list of entries that each have a `name`.',
  });
}

/**
 * Path of the kustomization in a folder (`''` is the root).
 *
 * @throws InputError when there is none; StepError when there are several
 */
export function kustomizationIn(files: Files, folder: string): string {
  const found = kustomizationPaths(folder).filter((path) => files.has(path));
  const [path, second] = found;
  if (path === undefined) {
    throw new InputError(`${folder || 'the root of the repository'} has no kustomization.yaml`, [], {
      hint: 'Name the folder of an overlay, for example app/overlays/snd.',
    });
  }
  if (second !== undefined) throw new StepError(`${folder} has both ${path} and ${second}; kustomize accepts one only`);
  return path;
}

export function isKustomizationName(name: string): boolean {
  return kustomizationNames.some((each) => each === name);
}

export function kustomizationPaths(folder: string): string[] {
  return kustomizationNames.map((name) => pathIn(folder, name));
}

export function pathIn(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
