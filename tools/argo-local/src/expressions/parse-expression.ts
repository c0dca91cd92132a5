import type { Expression } from './expression.ts';
import { functionNames } from './functions.ts';
import { isPlainPath } from './json-path.ts';
import { createTokenReader, showToken, type TokenReader } from './token-reader.ts';

/** Binary operators from weakest to strongest, as in expr-lang's parser/operator/operator.go. */
const levels: readonly (readonly string[])[] = [
  ['or', '||'],
  ['and', '&&'],
  ['==', '!=', '<', '<=', '>', '>=', 'in', 'matches', 'contains', 'startsWith', 'endsWith'],
  ['+', '-'],
  ['*', '/', '%'],
  ['**', '^'],
  ['??'],
];

/**
 * Reads an expression of expr-lang: literals, members, comparison, logic, arithmetic, lists, maps, `?:`, `??` and calls
 * of the functions in functions.ts. Closures, pipes, ranges, slices and variables are refused by name.
 *
 * @throws ExpressionError
 */
export function parseExpression(text: string): Expression {
  const reader = createTokenReader(text);
  const expression = parseChoice(reader);
  const rest = reader.peek();
  if (rest.kind !== 'end') throw reader.refuse(unsupported(rest.value) ?? `did not expect ${showToken(rest)}`);
  return expression;
}

function unsupported(symbol: string | number): string | undefined {
  if (symbol === '|') return 'pipes (|) are not supported here';
  if (symbol === '..') return 'ranges (..) are not supported here';
  if (symbol === '{' || symbol === '#') return 'closures are not supported here';
  return symbol === ';' || symbol === '=' ? 'variables are not supported here' : undefined;
}

function parseChoice(reader: TokenReader): Expression {
  const condition = parseBinary(reader, 0);
  if (reader.take('?') === undefined) return condition;
  const yes = parseChoice(reader);
  reader.expect(':');
  return { is: 'choice', condition, yes, no: parseChoice(reader) };
}

function parseBinary(reader: TokenReader, level: number): Expression {
  const operators = levels[level];
  if (operators === undefined) return parseUnary(reader);
  let left = parseBinary(reader, level + 1);
  for (;;) {
    const token = reader.peek();
    const negated = token.kind === 'name' && token.value === 'not' && operators.includes('in');
    if (negated) reader.next();
    const operator = reader.take(...operators);
    if (operator === undefined) return left;
    const binary: Expression = { is: 'binary', operator, left, right: parseBinary(reader, level + 1) };
    if (operator === '%' && [binary.left, binary.right].some(isFraction)) {
      throw reader.refuse('% wants whole numbers, which **, / and asFloat do not give; use int()');
    }
    left = negated ? { is: 'not', of: binary } : binary;
  }
}

/** expr-lang knows the types of numbers before it computes them. */
function isFraction(node: Expression): boolean {
  if (node.is === 'binary') return ['**', '^', '/'].includes(node.operator);
  if (node.is === 'call') return node.name === 'asFloat' || node.name === 'float';
  return node.is === 'value' && typeof node.value === 'number' && !Number.isInteger(node.value);
}

function parseUnary(reader: TokenReader): Expression {
  if (reader.take('!', 'not') !== undefined) return { is: 'not', of: parseUnary(reader) };
  if (reader.take('-') !== undefined) return { is: 'negative', of: parseUnary(reader) };
  return parseMembers(reader, parsePrimary(reader));
}

function parseMembers(reader: TokenReader, start: Expression): Expression {
  let of = start;
  for (;;) {
    const access = reader.take('.', '?.', '[');
    if (access === undefined) return of;
    const key: Expression = access === '[' ? parseChoice(reader) : { is: 'value', value: parseMemberName(reader) };
    if (access === '[') {
      if (reader.take(':') !== undefined) throw reader.refuse('slices are not supported here');
      reader.expect(']');
    }
    of = { is: 'member', of, key, optional: access === '?.' };
    if (reader.peek().kind === 'symbol' && reader.take('(') !== undefined)
      of = parseCall(reader, memberPath(of, reader));
  }
}

function parseMemberName(reader: TokenReader): string {
  const token = reader.next();
  if (token.kind !== 'name') throw reader.refuse(`expected a name after the dot, found ${showToken(token)}`);
  return token.value;
}

/** `sprig.trim` is the only shape of a call on a member. */
function memberPath(of: Expression, reader: TokenReader): string {
  if (of.is === 'member' && of.of.is === 'name' && of.key.is === 'value')
    return `${of.of.name}.${String(of.key.value)}`;
  throw reader.refuse('only functions can be called');
}

function parseCall(reader: TokenReader, name: string): Expression {
  if (!functionNames.includes(name)) {
    throw reader.refuse(`the function ${name} is not supported here; supported are ${functionNames.join(', ')}`);
  }
  const args = parseList(reader, ')');
  const path = name === 'jsonpath' && args[1]?.is === 'value' ? String(args[1].value) : '$';
  if (!isPlainPath(path)) throw reader.refuse(`jsonpath ${path}: only names and positions are supported here`);
  return { is: 'call', name, args };
}

function parseList(reader: TokenReader, close: string): Expression[] {
  const items: Expression[] = [];
  while (reader.take(close) === undefined) {
    items.push(parseChoice(reader));
    if (reader.take(',') !== undefined) continue;
    const token = reader.peek();
    const why = token.kind === 'symbol' ? unsupported(token.value) : undefined;
    if (why !== undefined) throw reader.refuse(why);
    reader.expect(close);
    return items;
  }
  return items;
}

function parsePrimary(reader: TokenReader): Expression {
  const token = reader.next();
  if (token.kind === 'number' || token.kind === 'text') return { is: 'value', value: token.value };
  if (token.kind === 'name') return parseName(reader, token.value);
  if (token.kind === 'symbol' && token.value === '(') {
    const inner = parseChoice(reader);
    reader.expect(')');
    return inner;
  }
  if (token.kind === 'symbol' && token.value === '[') return { is: 'list', items: parseList(reader, ']') };
  if (token.kind === 'symbol' && token.value === '{') return parseMap(reader);
  const why = token.kind === 'symbol' ? unsupported(token.value) : undefined;
  throw reader.refuse(why ?? `did not expect ${showToken(token)}`);
}

function parseName(reader: TokenReader, name: string): Expression {
  if (name === 'true' || name === 'false') return { is: 'value', value: name === 'true' };
  if (name === 'nil' || name === 'null') return { is: 'value', value: null };
  if (name === 'let') throw reader.refuse('variables are not supported here');
  return reader.take('(') === undefined ? { is: 'name', name } : parseCall(reader, name);
}

function parseMap(reader: TokenReader): Expression {
  const entries: (readonly [string, Expression])[] = [];
  while (reader.take('}') === undefined) {
    const key = reader.next();
    if (key.kind !== 'name' && key.kind !== 'text') throw reader.refuse(`expected a key, found ${showToken(key)}`);
    reader.expect(':');
    entries.push([key.value, parseChoice(reader)]);
    if (reader.take(',') !== undefined) continue;
    reader.expect('}');
    break;
  }
  return { is: 'map', entries };
}
