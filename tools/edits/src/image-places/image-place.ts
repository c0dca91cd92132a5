import type { ScalarValue, YamlFile, YamlPath } from '@luban-ci/yaml-text';
import type { VersionParts } from '../image-version.ts';

/** The ways in which a file can say which image runs. */
export const layouts = ['kustomize', 'manifest', 'helm', 'argocd', 'flux'] as const;
export type Layout = (typeof layouts)[number];

/** What is to be in place afterwards. */
export interface WantedVersion {
  image: string;
  /** Neither part where places are only looked for. */
  to: VersionParts;
  /** With tag and digest given: write both, or only those that stand there. */
  pin: 'always' | 'as-listed';
}

/** One document of a file, for looking into. */
export interface DocumentView {
  yaml: YamlFile;
  document: number;
  /** What it says as lists, records and texts, aliases followed. */
  data: unknown;
}

/** One place where a file names the image, and what has to be done there. */
export interface ImagePlace {
  layout: Layout;
  document: number;
  /** Where the image or its version is named. */
  path: YamlPath;
  /** What runs by this place now, as far as it says. */
  found: VersionParts;
  changes: PlaceChanges;
}

/** In this order: scalars are set together, then entries are added, then taken out, then embedded texts rewritten. */
export interface PlaceChanges {
  set?: { path: YamlPath; value: ScalarValue }[];
  insert?: { path: YamlPath; key: string; value: string }[];
  remove?: YamlPath[];
  /** A literal block that holds YAML itself. */
  rewrite?: { path: YamlPath; text: string };
  /** What people should know about it. */
  note?: string;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text under a key; an empty one counts as absent. */
export function textIn(map: Record<string, unknown>, key: string): string | undefined {
  const value = Object.hasOwn(map, key) ? map[key] : undefined;
  return typeof value === 'string' && !['', '~', 'null'].includes(value) ? value : undefined;
}

/** `spec.template.spec.containers[0].image`, for people. */
export function formatPath(path: YamlPath): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : /[.[\]"]/.test(step) ? `["${step}"]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}
