import type { Expression } from './expression.ts';
import { ExpressionError } from './expression-error.ts';
import { callFunction } from './functions.ts';
import { parseExpression } from './parse-expression.ts';

/** Variables by their dotted names, such as `inputs.parameters.name`. */
export type Variables = ReadonlyMap<string, string>;

/**
 * Computes an expression of expr-lang. Names are looked up as Argo does: dotted keys become nested maps
 * (util/expand/expand.go), so `steps['a'].outputs.result` and `steps.a.outputs.result` are the same.
 *
 * @throws ExpressionError for what cannot be read, is not there, or does not fit
 */
export function evaluateExpression(text: string, variables: Variables): unknown {
  return evaluate(parseExpression(text), expand(variables), text);
}

/** The same, for a place where only yes or no has a meaning (util/expr/argoexpr/eval.go). */
export function evaluateCondition(text: string, variables: Variables): boolean {
  const result = evaluateExpression(text, variables);
  if (typeof result === 'boolean') return result;
  throw new ExpressionError(`"${text}" is ${JSON.stringify(result)}, which is neither true nor false`);
}

type Nested = Map<string, Nested | string>;

function expand(variables: Variables): Nested {
  const root: Nested = new Map();
  for (const [name, value] of [...variables].sort(([a], [b]) => a.length - b.length)) put(root, name.split('.'), value);
  return root;
}

/** A short name gives way to a longer one below it: `inputs.parameters` (all as JSON) to `inputs.parameters.x`. */
function put(into: Nested, [key = '', ...rest]: string[], value: string): void {
  if (rest.length === 0) {
    into.set(key, value);
    return;
  }
  const inner = into.get(key);
  const map: Nested = inner instanceof Map ? inner : new Map();
  into.set(key, map);
  put(map, rest, value);
}

function evaluate(node: Expression, names: Nested, text: string): unknown {
  const of = (each: Expression): unknown => evaluate(each, names, text);
  switch (node.is) {
    case 'value':
      return node.value;
    case 'name':
      return known(names.get(node.name), node.name, text);
    case 'member':
      return member(of(node.of), of(node.key), node.optional, text);
    case 'call':
      return callFunction(node.name, node.args.map(of).map(plain));
    case 'not':
      return !truth(of(node.of), text);
    case 'negative':
      return -numeric(of(node.of), text);
    case 'choice':
      return truth(of(node.condition), text) ? of(node.yes) : of(node.no);
    case 'list':
      return node.items.map(of);
    case 'map':
      return Object.fromEntries(node.entries.map(([key, value]) => [key, of(value)]));
    case 'binary':
      return binary(
        node.operator,
        () => of(node.left),
        () => of(node.right),
        text,
      );
  }
}

function binary(operator: string, left: () => unknown, right: () => unknown, text: string): unknown {
  if (operator === '||' || operator === 'or') return truth(left(), text) || truth(right(), text);
  if (operator === '&&' || operator === 'and') return truth(left(), text) && truth(right(), text);
  if (operator === '??') return left() ?? right();
  const [a, b] = [plain(left()), plain(right())];
  if (operator === '==') return same(a, b);
  if (operator === '!=') return !same(a, b);
  if (operator === 'in') return isIn(a, b, text);
  if (['matches', 'contains', 'startsWith', 'endsWith'].includes(operator)) return textual(operator, a, b, text);
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') return a + b;
  if (['<', '<=', '>', '>='].includes(operator)) return ordered(operator, a, b, text);
  return arithmetic(operator, numeric(a, text), numeric(b, text));
}

function textual(operator: string, a: unknown, b: unknown, text: string): boolean {
  if (typeof a !== 'string' || typeof b !== 'string')
    throw new ExpressionError(`"${text}": ${operator} compares texts`);
  if (operator === 'matches') return new RegExp(b).test(a);
  if (operator === 'contains') return a.includes(b);
  return operator === 'startsWith' ? a.startsWith(b) : a.endsWith(b);
}

function ordered(operator: string, a: unknown, b: unknown, text: string): boolean {
  if (typeof a !== typeof b || (typeof a !== 'string' && typeof a !== 'number')) {
    throw new ExpressionError(
      `"${text}": ${JSON.stringify(a)} ${operator} ${JSON.stringify(b)} compares different types; use asInt()`,
    );
  }
  const order = a === b ? 0 : String(a) < String(b) ? -1 : 1;
  const sign = typeof a === 'number' && typeof b === 'number' ? a - b : order;
  if (operator === '<') return sign < 0;
  if (operator === '<=') return sign <= 0;
  return operator === '>' ? sign > 0 : sign >= 0;
}

function arithmetic(operator: string, a: number, b: number): number {
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  if (operator === '/') return a / b;
  return operator === '%' ? a % b : a ** b;
}

function isIn(a: unknown, b: unknown, text: string): boolean {
  if (Array.isArray(b)) return b.some((each) => same(plain(each), a));
  if (typeof b === 'object' && b !== null) return Object.hasOwn(b, String(a));
  throw new ExpressionError(`"${text}": in wants a list or a map on its right`);
}

function member(of: unknown, key: unknown, optional: boolean, text: string): unknown {
  if (optional && (of === undefined || of === null)) return null;
  if (of instanceof Map) return known(of.get(String(key)), String(key), text);
  if (typeof of === 'object' && of !== null)
    return Object.entries(of).find(([name]) => name === String(key))?.[1] ?? null;
  throw new ExpressionError(`"${text}": ${JSON.stringify(of)} has no ${String(key)}`);
}

function known<T>(value: T | undefined, name: string, text: string): T {
  if (value === undefined) throw new ExpressionError(`"${text}": there is no ${name}`);
  return value;
}

function truth(value: unknown, text: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new ExpressionError(`"${text}": ${JSON.stringify(plain(value))} is neither true nor false`);
}

function numeric(value: unknown, text: string): number {
  if (typeof value === 'number') return value;
  throw new ExpressionError(`"${text}": ${JSON.stringify(plain(value))} is not a number; use asInt() or asFloat()`);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function plain(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)]));
}
