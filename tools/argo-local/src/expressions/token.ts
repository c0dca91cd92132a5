import { ExpressionError } from './expression-error.ts';

export type Token =
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'name'; value: string }
  | { kind: 'symbol'; value: string }
  | { kind: 'end' };

const symbols = [
  ...['?.', '??', '==', '!=', '<=', '>=', '=~', '!~', '&&', '||', '**', '..', '+', '-', '*', '/', '%', '<', '>', '!'],
  ...['(', ')', '[', ']', '{', '}', ',', ':', '?', '.', '|', '#', '^', ';', '='],
];
const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '`': '`',
};

/** Splits an expression of expr-lang or govaluate; both have the same words, numbers and quoted texts. */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < expression.length; ) {
    const blank = /^\s+/.exec(expression.slice(at));
    if (blank !== null) {
      at += blank[0].length;
      continue;
    }
    const { token, length } = nextToken(expression.slice(at), expression);
    tokens.push(token);
    at += length;
  }
  return [...tokens, { kind: 'end' }];
}

function nextToken(rest: string, whole: string): { token: Token; length: number } {
  const number = /^\d+(\.\d+)?/.exec(rest)?.[0];
  if (number !== undefined) return { token: { kind: 'number', value: Number(number) }, length: number.length };
  const name = /^[\p{L}_$][\p{L}\p{N}_]*/u.exec(rest)?.[0];
  if (name !== undefined) return { token: { kind: 'name', value: name }, length: name.length };
  if (/^['"`]/.test(rest)) return quotedText(rest, whole);
  const symbol = symbols.find((each) => rest.startsWith(each));
  if (symbol !== undefined) return { token: { kind: 'symbol', value: symbol }, length: symbol.length };
  throw new ExpressionError(`"${whole}" has the character ${JSON.stringify(rest.charAt(0))}, which no expression has`);
}

function quotedText(rest: string, whole: string): { token: Token; length: number } {
  const quote = rest.charAt(0);
  let value = '';
  for (let at = 1; at < rest.length; at += 1) {
    const character = rest.charAt(at);
    if (character === quote) return { token: { kind: 'text', value }, length: at + 1 };
    if (character === '\\' && quote !== '`') {
      at += 1;
      value += escapes[rest.charAt(at)] ?? `\\${rest.charAt(at)}`;
      continue;
    }
    value += character;
  }
  throw new ExpressionError(`"${whole}" has a text that is not closed with ${quote}`);
}
