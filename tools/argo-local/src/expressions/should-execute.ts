import { ExpressionError } from './expression-error.ts';
import { createTokenReader, showToken, type TokenReader } from './token-reader.ts';

type Operand = string | number | boolean | Operand[];

/**
 * Decides a `when` whose tags are filled in. Argo uses govaluate and takes every bare word as a text
 * (workflow/controller/steps.go, shouldExecute), so `{{steps.flip.outputs.result}} == heads` needs no quotes.
 * Supported: texts, numbers, true, false, `== != < <= > >= =~ !~ in && || ! - + - * / % ( )`.
 *
 * @throws ExpressionError for everything else, with Argo's advice to quote
 */
export function shouldExecute(when: string | undefined): boolean {
  if (when === undefined || when === '') return true;
  const reader = createTokenReader(when);
  const result = parseOr(reader);
  if (reader.peek().kind !== 'end') {
    throw reader.refuse(`did not expect ${showToken(reader.peek())}; try wrapping the affected expression in quotes`);
  }
  if (typeof result === 'boolean') return result;
  throw new ExpressionError(`expected true or false from "${when}", got ${JSON.stringify(result)}`);
}

function parseOr(reader: TokenReader): Operand {
  let left = parseAnd(reader);
  while (reader.take('||') !== undefined) {
    const right = parseAnd(reader);
    left = logical(left, reader) || logical(right, reader);
  }
  return left;
}

function parseAnd(reader: TokenReader): Operand {
  let left = parseComparison(reader);
  while (reader.take('&&') !== undefined) {
    const right = parseComparison(reader);
    left = logical(left, reader) && logical(right, reader);
  }
  return left;
}

function parseComparison(reader: TokenReader): Operand {
  let left = parseSum(reader);
  for (;;) {
    const operator = reader.take('==', '!=', '<=', '>=', '<', '>', '=~', '!~', 'in', 'IN');
    if (operator === undefined) return left;
    left = compare(operator.toLowerCase(), left, parseSum(reader), reader);
  }
}

function parseSum(reader: TokenReader): Operand {
  let left = parseProduct(reader);
  for (;;) {
    const operator = reader.take('+', '-');
    if (operator === undefined) return left;
    const right = parseProduct(reader);
    const texts = operator === '+' && (typeof left === 'string' || typeof right === 'string');
    left = texts ? `${String(left)}${String(right)}` : calculate(operator, left, right, reader);
  }
}

function parseProduct(reader: TokenReader): Operand {
  let left = parsePrefix(reader);
  for (;;) {
    const operator = reader.take('*', '/', '%');
    if (operator === undefined) return left;
    left = calculate(operator, left, parsePrefix(reader), reader);
  }
}

function parsePrefix(reader: TokenReader): Operand {
  if (reader.take('!') !== undefined) return !logical(parsePrefix(reader), reader);
  if (reader.take('-') !== undefined) return calculate('-', 0, parsePrefix(reader), reader);
  const token = reader.next();
  if (token.kind === 'number' || token.kind === 'text') return token.value;
  if (token.kind === 'name') return token.value === 'true' ? true : token.value === 'false' ? false : token.value;
  if (token.kind === 'symbol' && token.value === '(') return parseGroup(reader);
  throw reader.refuse(`did not expect ${showToken(token)}; try wrapping the affected expression in quotes`);
}

/** Parentheses around one value group it; around several, they are the list that `in` wants. */
function parseGroup(reader: TokenReader): Operand {
  const items = [parseOr(reader)];
  while (reader.take(',') !== undefined) items.push(parseOr(reader));
  reader.expect(')');
  const [only] = items;
  return items.length === 1 && only !== undefined ? only : items;
}

function compare(operator: string, left: Operand, right: Operand, reader: TokenReader): boolean {
  if (operator === '==') return JSON.stringify(left) === JSON.stringify(right);
  if (operator === '!=') return JSON.stringify(left) !== JSON.stringify(right);
  if (operator === 'in') {
    if (!Array.isArray(right)) throw reader.refuse('in wants a list on its right, such as (a, b)');
    return right.includes(left);
  }
  if (operator === '=~' || operator === '!~')
    return new RegExp(String(right)).test(String(left)) === (operator === '=~');
  if (typeof left !== typeof right || (typeof left !== 'string' && typeof left !== 'number')) {
    throw reader.refuse(`${JSON.stringify(left)} cannot be compared with ${JSON.stringify(right)} by ${operator}`);
  }
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

function calculate(operator: string, left: Operand, right: Operand, reader: TokenReader): number {
  if (typeof left !== 'number' || typeof right !== 'number') {
    throw reader.refuse(
      `${operator} wants numbers, found ${JSON.stringify(left)} and ${JSON.stringify(right)}; try quotes`,
    );
  }
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  return operator === '/' ? left / right : left % right;
}

function logical(value: Operand, reader: TokenReader): boolean {
  if (typeof value === 'boolean') return value;
  throw reader.refuse(`${JSON.stringify(value)} is neither true nor false`);
}
