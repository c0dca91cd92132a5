/** What git's protocol is made of (gitprotocol-common(5)): bytes behind their length, and three lengths that are signs. */
export type Packet = Buffer | Sign;

const signs = ['flush', 'delimiter', 'response end'] as const;
type Sign = (typeof signs)[number];

/** One request: lines, and where the name of a sign stands, that sign. */
export function packetLines(lines: readonly string[]): string {
  return lines.map((line) => (isSign(line) ? sign(line) : packet(`${line}\n`))).join('');
}

/** Text behind its length, whose four digits count themselves. */
export function packet(text: string): string {
  return digits(Buffer.byteLength(text) + 4) + text;
}

export function sign(name: Sign): string {
  return digits(signs.indexOf(name));
}

/** @throws Error where the bytes are no packets, or end in the middle of one */
export function packetsIn(bytes: Buffer): Packet[] {
  const packets: Packet[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.toString('latin1', at, at + 4);
    if (!/^[0-9a-f]{4}$/.test(length)) throw new Error('the answer is none of git');
    const count = Number.parseInt(length, 16);
    const end = at + Math.max(4, count);
    if (end > bytes.length) throw new Error('the other side ended in the middle');
    packets.push(signs[count] ?? bytes.subarray(at + 4, end));
    at = end;
  }
  return packets;
}

/** A packet as a line of text; those that are signs are none. */
export function lineIn(packet: Packet): string | undefined {
  return typeof packet === 'string' ? undefined : packet.toString('utf8').replace(/\n$/, '');
}

/** What is said in parts, each behind the number of its band: 1 is the answer, 2 is for people, 3 says what went wrong. */
export function bandsIn(packets: readonly Packet[]): { answer: Buffer; said: string } {
  const onBand = (band: number): Buffer =>
    Buffer.concat(
      packets.flatMap((packet) => (typeof packet !== 'string' && packet[0] === band ? [packet.subarray(1)] : [])),
    );
  const wrong = onBand(3).toString('utf8').trim();
  if (wrong !== '') throw new Error(`the server says: ${wrong}`);
  return { answer: onBand(1), said: onBand(2).toString('utf8') };
}

function digits(count: number): string {
  return count.toString(16).padStart(4, '0');
}

function isSign(line: string): line is Sign {
  return signs.some((each) => each === line);
}
