import type { ByteReader } from './byte-reader.ts';

/** What git's protocol is made of (gitprotocol-common(5)): bytes behind their length, and three lengths that are signs. */
export type Packet = Buffer | 'flush' | 'delimiter' | 'response end';

const signs = ['flush', 'delimiter', 'response end'] as const;

/** One request: lines, and where the name of a sign stands, that sign. */
export function packetLines(lines: readonly string[]): string {
  return lines.map((line) => digits(line) + (isSign(line) ? '' : `${line}\n`)).join('');
}

/** @throws Error where the bytes end, or are no packet */
export async function readPacket(bytes: ByteReader): Promise<Packet> {
  const length = (await bytes.exactly(4)).toString('latin1');
  if (!/^[0-9a-f]{4}$/.test(length)) throw new Error('the answer is none of git');
  const count = Number.parseInt(length, 16);
  return signs[count] ?? (await bytes.exactly(count - 4));
}

/** The four digits count themselves, and the line feed. */
function digits(line: string): string {
  const count = isSign(line) ? signs.indexOf(line) : Buffer.byteLength(line) + 5;
  return count.toString(16).padStart(4, '0');
}

function isSign(line: string): line is (typeof signs)[number] {
  return signs.some((sign) => sign === line);
}
