import { evaluateExpression, type Variables } from './evaluate-expression.ts';
import { ExpressionError } from './expression-error.ts';
import { goJson } from './go-json.ts';
import { parseExpression } from './parse-expression.ts';

/** A piece of text with tags: plain, `{{name}}`, or `{{=expression}}`. */
export type Piece = { is: 'plain'; text: string } | { is: 'name'; name: string } | { is: 'expression'; text: string };

/**
 * Splits text at its tags as Argo's util/template does. A tag within a tag is refused: what it names depends on a value.
 *
 * @throws ExpressionError for an unclosed or nested tag, and for an expression outside the supported subset
 */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf('{{', at);
    if (open === -1) return [...pieces, { is: 'plain', text: text.slice(at) }];
    if (open > at) pieces.push({ is: 'plain', text: text.slice(at, open) });
    const close = text.indexOf('}}', open);
    if (close === -1) throw new ExpressionError(`${JSON.stringify(text)} has a tag that is not closed with }}`);
    pieces.push(pieceOf(text.slice(open + 2, close)));
    at = close + 2;
  }
  return pieces;
}

function pieceOf(tag: string): Piece {
  if (tag.includes('{{')) throw new ExpressionError(`{{${tag}}} has a tag within a tag, which is not supported here`);
  if (!tag.startsWith('=')) return { is: 'name', name: tag.trim() };
  const expression = tag.slice(1).trim();
  parseExpression(expression);
  return { is: 'expression', text: expression };
}

/**
 * Text with every tag replaced by its value. Values are taken as they are: a `{{…}}` inside a value is not looked at
 * again. (Argo substitutes several times over the template's JSON; what is plain text there stays the same here.)
 *
 * @throws ExpressionError when a name has no value
 */
export function fillTags(text: string, variables: Variables): string {
  if (!text.includes('{{')) return text;
  return piecesOf(text)
    .map((piece) => (piece.is === 'plain' ? piece.text : tagValue(piece, variables)))
    .join('');
}

function tagValue(piece: Exclude<Piece, { is: 'plain' }>, variables: Variables): string {
  if (piece.is === 'expression') {
    const value = evaluateExpression(piece.text, variables);
    return typeof value === 'string' ? value : goJson(value);
  }
  const value = variables.get(piece.name);
  if (value === undefined) throw new ExpressionError(`{{${piece.name}}} has no value`);
  return value;
}

/** The same, in every text of a structure; keys stay as they are. */
export function fillAllTags<T>(value: T, variables: Variables): T;
export function fillAllTags(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return fillTags(value, variables);
  if (Array.isArray(value)) return value.map((each) => fillAllTags(each, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fillAllTags(each, variables)]));
}
