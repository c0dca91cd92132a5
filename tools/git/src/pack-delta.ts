/**
 * What changed between two objects, as a pack tells it (gitformat-pack(5)): two sizes, then steps, each of which copies a
 * piece of the old object, or brings up to 127 new bytes.
 */

const mostNewBytes = 127;
const mostCopied = 0xffffff;

/** The new object. @throws Error where the changes are not those of this old one */
export function withDelta(old: Buffer, delta: Buffer): Buffer {
  const from = sizeAt(delta, 0);
  const to = sizeAt(delta, from.next);
  const parts: Buffer[] = [];
  for (let at = to.next; at < delta.length; ) {
    const step = delta.readUInt8(at);
    at += 1;
    if (step < 128) {
      parts.push(delta.subarray(at, at + step));
      at += step;
      continue;
    }
    const { place, length, next } = pieceAt(delta, at, step);
    parts.push(old.subarray(place, place + length));
    at = next;
  }
  const bytes = Buffer.concat(parts);
  if (from.size !== old.length || to.size !== bytes.length)
    throw new Error('an object of a pack does not fit its base');
  return bytes;
}

/** From an old object to a new one, where what differs lies in one place: what is alike on both ends is copied. */
export function deltaBetween(old: Buffer, bytes: Buffer): Buffer {
  const shorter = Math.min(old.length, bytes.length);
  let start = 0;
  while (start < shorter && old[start] === bytes[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end] === bytes[bytes.length - 1 - end]) end += 1;
  return Buffer.concat([
    sizeOf(old.length),
    sizeOf(bytes.length),
    ...copies(0, start),
    ...news(bytes.subarray(start, bytes.length - end)),
    ...copies(old.length - end, end),
  ]);
}

/** Seven bits in each byte, the lowest first; the highest bit announces another one. */
export function sizeAt(delta: Buffer, at: number): { size: number; next: number } {
  let size = 0;
  let next = at;
  for (let factor = 1; ; factor *= 128) {
    const byte = delta.readUInt8(next);
    size += (byte & 127) * factor;
    next += 1;
    if (byte < 128) return { size, next };
  }
}

export function sizeOf(size: number): Buffer {
  const bytes = [];
  for (let rest = size; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 127) | 128);
  }
}

/** Four bits say which bytes of the place follow, three which of the length; a length of nothing means 64 KiB. */
function pieceAt(delta: Buffer, at: number, step: number): { place: number; length: number; next: number } {
  let next = at;
  const numberOf = (bits: number): number => {
    let number = 0;
    for (let bit = 0; 1 << bit <= bits; bit += 1) {
      if ((bits & (1 << bit)) === 0) continue;
      number += delta.readUInt8(next) * 256 ** bit;
      next += 1;
    }
    return number;
  };
  const place = numberOf(step & 15);
  const length = numberOf((step >> 4) & 7) || 0x10000;
  return { place, length, next };
}

/** All bytes of the place and of the length, needed or not. */
function* copies(place: number, length: number): Generator<Buffer> {
  for (let done = 0; done < length; done += mostCopied) {
    const step = Buffer.alloc(8, 0xff);
    step.writeUInt32LE(place + done, 1);
    step.writeUIntLE(Math.min(mostCopied, length - done), 5, 3);
    yield step;
  }
}

function* news(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += mostNewBytes) {
    const piece = bytes.subarray(at, at + mostNewBytes);
    yield Buffer.concat([Buffer.from([piece.length]), piece]);
  }
}
