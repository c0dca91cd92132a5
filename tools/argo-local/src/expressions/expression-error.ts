/** An expression that cannot be read or computed. The message quotes it. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}
