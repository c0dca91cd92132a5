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
 * Replaces one range, reads the result again and compares it with what it has to mean: all that was not to change
 * must be equal.
 *
 * @throws StepError when the result would be something else; then the layout is one that cannot be edited safely
 */
export function spliceYaml(yaml: YamlFile, splice: Splice, expected: readonly Meaning[]): YamlFile {
  const text = yaml.text.slice(0, splice.start) + splice.text + yaml.text.slice(splice.end);
  const after = parsedOrUndefined(text, yaml.file);
  if (after === undefined || !sameMeaning(meaningOf(after), expected)) {
    const line = lineOf(yaml, splice.start);
    throw new StepError(
      `${yaml.file}:${line} is laid out in a way that cannot be edited without changing other parts`,
      {
        hint: 'Write this part in plain block style, then run again; nothing was changed.',
      },
    );
  }
  return after;
}

function parsedOrUndefined(text: string, file: string): YamlFile | undefined {
  try {
    return parseYaml(text, file);
  } catch {
    return undefined;
  }
}
