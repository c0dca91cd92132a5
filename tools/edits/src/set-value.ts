import { InputError } from '@luban-ci/core';
import { dataOf, nodeAt, parseYaml, setScalar } from '@luban-ci/yaml-text';
import { z } from 'zod';
import type { EditKind } from './edit-kind.ts';
import type { EditOutcome } from './edit-outcome.ts';
import { changesOfText, type Files, fileAt, textOf } from './files.ts';
import { lazySchema } from './lazy-schema.ts';
import { RepositoryPath } from './repository-path.ts';
import { setTomlValue } from './toml/set-toml-value.ts';
import { locate } from './value-path.ts';

/** Sets one scalar that is there, in a YAML, JSON or TOML file. */
export const SetValue = lazySchema(() =>
  z.object({
    kind: z.literal('set-value'),
    version: z.literal(1),
    path: RepositoryPath(),
    /** Where the value stands, as people write it: `spec.source.helm.parameters[name=image.tag].value`. */
    at: z.string().min(1),
    /** A text stays a text: it gets quotes where it would be read as something else. */
    value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
    /** Number of the document in a file of several; 0 is the first. */
    document: z.number().int().min(0).default(0),
  }),
);
export type SetValue = z.infer<ReturnType<typeof SetValue>>;

export const setValue: EditKind<SetValue> = {
  schema: SetValue,
  isRecorded: false,
  pathsOf: ({ path }) => [path],
  apply: applySetValue,
  imagesOf: () => [],
};

/** @throws InputError when the file or the path is not there; StepError when it cannot be edited safely */
function applySetValue({ path, at, value, document }: SetValue, files: Files): EditOutcome {
  const text = textOf(fileAt(files, path), path);
  const after = path.endsWith('.toml') ? inToml(text, path, at, value) : inYaml(text, path, at, value, document);
  const changes = changesOfText(files, path, after);
  if (changes.size === 0) return { outcome: 'unchanged', why: 'same content', notes: [] };
  return { outcome: 'changed', changes, notes: [] };
}

function inToml(text: string, path: string, at: string, value: SetValue['value']): string {
  if (value !== null) return setTomlValue(text, at, value, path);
  const expected = 'expected a text, a number or a boolean, because TOML has no null';
  throw new InputError(`${path} cannot hold that`, [{ field: 'value', expected }]);
}

function inYaml(text: string, path: string, at: string, value: SetValue['value'], document: number): string {
  const yaml = parseYaml(text, path);
  const place = locate(dataOf(yaml, document), at, path);
  if (nodeAt(yaml, place.slice(0, 1), document) === undefined) {
    throw new InputError(`${path} has no ${at}`, [{ field: 'at', expected: 'expected a value that is there' }]);
  }
  return setScalar(yaml, place, value, document).text;
}
