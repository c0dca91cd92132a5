import { InputError } from '@luban-ci/core';

/** A name with places to fill in, as it stands in `luban-config`: `<env>-<project>`. */
export type NamePattern = string;

const place = /<([a-z]+)>/g;

/**
 * Fills the places of a pattern.
 *
 * @throws InputError when the pattern asks for something that is not known at this point
 */
export function fillPattern(pattern: NamePattern, values: Readonly<Record<string, string>>): string {
  return pattern.replaceAll(place, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new InputError(unknownPlace(pattern, name, Object.keys(values)));
    return value;
  });
}

function unknownPlace(pattern: string, name: string, known: string[]): string {
  return `The name pattern "${pattern}" in luban-config asks for <${name}>; it may use ${known.map((each) => `<${each}>`).join(', ')}`;
}

/** Whether every place of the pattern is one of `allowed`, and each of `needed` is there. */
export function isPatternOf(pattern: NamePattern, allowed: readonly string[], needed: readonly string[]): boolean {
  const used = [...pattern.matchAll(place)].map((match) => match[1] ?? '');
  return used.every((name) => allowed.includes(name)) && needed.every((name) => used.includes(name));
}
