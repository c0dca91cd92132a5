import { StepError } from '@luban-ci/core';
import { type Meaning, meaningOf, sameMeaning } from './meaning.ts';
import { lineOf, parseYaml, type YamlFile } from './yaml-file.ts';

/** Replaces the text from `start` up to `end`. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

/**
 * Replaces ranges that do not overlap, reads the result again and compares it with what it has to mean: all that was not
 * to change must be equal.
 *
 * @throws StepError when the result would be something else; then the layout is one that cannot be edited safely
 */
export function spliceYaml(yaml: YamlFile, splices: readonly Splice[], expected: readonly Meaning[]): YamlFile {
  const text = spliced(yaml.text, splices);
  const after = parsedOrUndefined(text, yaml.file);
  if (after === undefined || !sameMeaning(meaningOf(after), expected)) {
    const line = lineOf(yaml, splices[0]?.start ?? 0);
    throw new StepError(
      `${yaml.file}:${line} is laid out in a way that cannot be edited without changing other parts`,
      {
        hint: 'Write this part in plain block style, then run again; nothing was changed.',
      },
    );
  }
  return after;
}

function spliced(text: string, splices: readonly Splice[]): string {
  const ordered = splices.toSorted((a, b) => a.start - b.start);
  const parts = ordered.map(({ start, text: inserted }, at) => text.slice(ordered[at - 1]?.end ?? 0, start) + inserted);
  return parts.join('') + text.slice(ordered.at(-1)?.end ?? 0);
}

function parsedOrUndefined(text: string, file: string): YamlFile | undefined {
  try {
    return parseYaml(text, file);
  } catch {
    return undefined;
  }
}
