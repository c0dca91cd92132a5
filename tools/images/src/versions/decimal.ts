/** A decimal number of any length, in a form that can be compared. */
export interface Decimal {
  sign: -1 | 1;
  /** Without leading zeros. */
  whole: string;
  /** Without trailing zeros. */
  fraction: string;
}

/** Reads `1732204800`, `20240115.10`, `-5`. Exponents, hexadecimals and infinities are no numbers of a tag. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, digits = '', decimals = ''] = match;
  const whole = digits.slice(leadingZeros(digits));
  const fraction = decimals.slice(0, decimals.length - leadingZeros([...decimals].reverse().join('')));
  const isZero = whole === '' && fraction === '';
  return { sign: sign === '-' && !isZero ? -1 : 1, whole, fraction };
}

export function compareDecimals(left: Decimal, right: Decimal): number {
  if (left.sign !== right.sign) return left.sign - right.sign;
  const longer = left.whole.length - right.whole.length;
  if (longer !== 0) return longer * left.sign;
  if (left.whole !== right.whole) return (left.whole < right.whole ? -1 : 1) * left.sign;
  if (left.fraction === right.fraction) return 0;
  return (left.fraction < right.fraction ? -1 : 1) * left.sign;
}

function leadingZeros(digits: string): number {
  return /^0*/.exec(digits)?.[0].length ?? 0;
}
