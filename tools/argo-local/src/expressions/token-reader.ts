import { ExpressionError } from './expression-error.ts';
import { type Token, tokensOf } from './token.ts';

/** Walks over an expression's tokens, one ahead. */
export interface TokenReader {
  readonly expression: string;
  peek(): Token;
  next(): Token;
  /** Takes the next token when it is this symbol, or a word that means the same. */
  take(...symbols: string[]): string | undefined;
  /** @throws ExpressionError when something else comes */
  expect(symbol: string): void;
  refuse(what: string): ExpressionError;
}

export function createTokenReader(expression: string): TokenReader {
  const tokens = tokensOf(expression);
  let at = 0;
  const peek = (): Token => tokens[at] ?? { kind: 'end' };
  const next = (): Token => {
    const token = peek();
    at += 1;
    return token;
  };
  const refuse = (what: string): ExpressionError => new ExpressionError(`"${expression}": ${what}`);
  const take = (...symbols: string[]): string | undefined => {
    const token = peek();
    if (token.kind !== 'symbol' && token.kind !== 'name') return undefined;
    if (!symbols.includes(token.value)) return undefined;
    next();
    return token.value;
  };
  return {
    expression,
    peek,
    next,
    take,
    refuse,
    expect: (symbol) => {
      if (take(symbol) === undefined) throw refuse(`expected ${symbol}, found ${showToken(peek())}`);
    },
  };
}

export function showToken(token: Token): string {
  return token.kind === 'end' ? 'its end' : JSON.stringify(token.value);
}
