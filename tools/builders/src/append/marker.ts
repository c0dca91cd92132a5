import { StepError } from '@luban-ci/core';
import { compareReleases, meetsSpecifiers } from './python-version.ts';

type Token = { kind: 'text' | 'word' | 'operator' | 'open' | 'close'; text: string };

const tokenPattern =
  /\s*(?:(?<open>\()|(?<close>\))|'(?<single>[^']*)'|"(?<double>[^"]*)"|(?<operator>===|==|!=|~=|<=|>=|<|>)|(?<word>[A-Za-z_][A-Za-z0-9_.]*))/y;

/**
 * Whether a dependency marker holds (PEP 508): comparisons of environment names with texts, `and`, `or`, `in`,
 * `not in` and parentheses.
 *
 * @throws StepError when the marker cannot be read; guessing would leave a dependency out
 */
export function holds(marker: string, environment: Readonly<Record<string, string>>): boolean {
  const tokens = tokensOf(marker);
  const { value, rest } = parseOr(tokens, environment, marker);
  if (rest.length > 0) throw unreadable(marker);
  return value;
}

interface Parsed<T> {
  value: T;
  rest: readonly Token[];
}

type Environment = Readonly<Record<string, string>>;

function parseOr(tokens: readonly Token[], environment: Environment, marker: string): Parsed<boolean> {
  const left = parseAnd(tokens, environment, marker);
  if (left.rest[0]?.text !== 'or' || left.rest[0].kind !== 'word') return left;
  const right = parseOr(left.rest.slice(1), environment, marker);
  return { value: left.value || right.value, rest: right.rest };
}

function parseAnd(tokens: readonly Token[], environment: Environment, marker: string): Parsed<boolean> {
  const left = parseOne(tokens, environment, marker);
  if (left.rest[0]?.text !== 'and' || left.rest[0].kind !== 'word') return left;
  const right = parseAnd(left.rest.slice(1), environment, marker);
  return { value: left.value && right.value, rest: right.rest };
}

function parseOne(tokens: readonly Token[], environment: Environment, marker: string): Parsed<boolean> {
  if (tokens[0]?.kind === 'open') {
    const inner = parseOr(tokens.slice(1), environment, marker);
    if (inner.rest[0]?.kind !== 'close') throw unreadable(marker);
    return { value: inner.value, rest: inner.rest.slice(1) };
  }
  const left = operand(tokens[0], environment, marker);
  const negated = tokens[1]?.text === 'not';
  const operator = tokens[negated ? 2 : 1]?.text ?? '';
  const right = operand(tokens[negated ? 3 : 2], environment, marker);
  const rest = tokens.slice(negated ? 4 : 3);
  if (operator === 'in') return { value: right.text.includes(left.text) !== negated, rest };
  return { value: compare(left, operator, right, marker), rest };
}

interface Operand {
  text: string;
  isVersion: boolean;
}

function operand(token: Token | undefined, environment: Environment, marker: string): Operand {
  if (token?.kind === 'text') return { text: token.text, isVersion: false };
  const value = token === undefined ? undefined : environment[token.text];
  if (token?.kind !== 'word' || value === undefined) throw unreadable(marker);
  return { text: value, isVersion: token.text.endsWith('_version') && token.text !== 'platform_version' };
}

function compare(left: Operand, operator: string, right: Operand, marker: string): boolean {
  if (left.isVersion) return meetsSpecifiers(left.text, `${operator}${right.text}`);
  if (right.isVersion) return meetsSpecifiers(right.text, `${mirrored[operator] ?? operator}${left.text}`);
  if (operator === '==' || operator === '===') return left.text === right.text;
  if (operator === '!=') return left.text !== right.text;
  const order = compareReleases(left.text, right.text);
  if (operator === '<') return order < 0;
  if (operator === '>') return order > 0;
  if (operator === '<=') return order <= 0;
  if (operator === '>=') return order >= 0;
  throw unreadable(marker);
}

const mirrored: Record<string, string> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

function tokensOf(marker: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  const end = marker.trimEnd().length;
  while (pattern.lastIndex < end) {
    const match = pattern.exec(marker);
    if (match?.groups === undefined) throw unreadable(marker);
    tokens.push(tokenOf(match.groups));
  }
  return tokens;
}

function tokenOf(groups: Record<string, string | undefined>): Token {
  if (groups['open'] !== undefined) return { kind: 'open', text: '(' };
  if (groups['close'] !== undefined) return { kind: 'close', text: ')' };
  if (groups['operator'] !== undefined) return { kind: 'operator', text: groups['operator'] };
  if (groups['word'] !== undefined) return { kind: 'word', text: groups['word'] };
  return { kind: 'text', text: groups['single'] ?? groups['double'] ?? '' };
}

function unreadable(marker: string): StepError {
  return new StepError(`The dependency marker ${JSON.stringify(marker)} in uv.lock cannot be read`);
}
