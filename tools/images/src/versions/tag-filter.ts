import { InputError, messageOf } from '@luban-ci/core';

/** Takes a tag and answers what the policy shall look at, or `undefined` for a tag that is left out. */
export type TagFilter = (tag: string) => string | undefined;

const longestPattern = 1000;

/**
 * A filter as in Flux's `filterTags`: a regular expression that has to match somewhere in the tag, and a template for
 * what to compare, in which `$name`, `${name}` and `$1` stand for its groups and `$$` for a dollar sign. Without a
 * template the whole tag is compared. The syntax is RE2's, so that every pattern takes time in proportion to the tag;
 * the engine is loaded only by who filters.
 *
 * @throws InputError for what is no pattern: look-around and back-references are none, nor are two
 *   groups of one name, which Go would take
 */
export async function createTagFilter({ pattern, extract }: { pattern: string; extract?: string }): Promise<TagFilter> {
  const { RE2JS } = await import('./linear-engine.ts');
  const expression = compiled(pattern, (text) => RE2JS.compile(text));
  if (extract === undefined || extract === '') return (tag) => (expression.test(tag) ? tag : undefined);
  const pieces = piecesOf(extract, expression.namedGroups(), expression.groupCount());
  return (tag) => {
    const match = expression.matcher(tag);
    if (!match.find()) return undefined;
    return pieces.map((piece) => (typeof piece === 'string' ? piece : (match.group(piece.group) ?? ''))).join('');
  };
}

function compiled<T>(pattern: string, compile: (text: string) => T): T {
  const expected = 'expected a regular expression in the syntax of RE2, such as ^main-[a-f0-9]+-(?P<ts>[0-9]+)$';
  const shown = JSON.stringify(pattern.slice(0, 120));
  if (pattern.length > longestPattern) {
    throw new InputError(`The pattern ${shown}… is longer than ${longestPattern} characters`, [
      { field: 'pattern', expected },
    ]);
  }
  try {
    return compile(pattern);
  } catch (cause) {
    const why = messageOf(cause);
    throw new InputError(`The pattern ${shown} cannot be used: ${why}`, [{ field: 'pattern', expected }], { cause });
  }
}

type Piece = string | { group: number };

/** Reads a template by the rules of Go's Regexp.Expand: a group that is not there is empty, a lone `$` stays. */
function piecesOf(template: string, named: Readonly<Record<string, number>>, groups: number): Piece[] {
  const reference = /\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu;
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of template.matchAll(reference)) {
    const [whole, braced, bare] = match;
    pieces.push(template.slice(end, match.index));
    pieces.push(whole === '$$' ? '$' : groupNamed(braced ?? bare ?? '', named, groups));
    end = match.index + whole.length;
  }
  return [...pieces, template.slice(end)];
}

function groupNamed(name: string, named: Readonly<Record<string, number>>, groups: number): Piece {
  const group = /^(?:0|[1-9]\d{0,7})$/.test(name) ? Number(name) : Object.hasOwn(named, name) ? named[name] : undefined;
  return group === undefined || group > groups ? '' : { group };
}
