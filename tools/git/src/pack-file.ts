import { hash } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import type { GitObject } from './object-reader.ts';
import { deltaBetween, sizeAt, sizeOf, withDelta } from './pack-delta.ts';
import { hashLength } from './tree-object.ts';

/** Kinds of entries by number (gitformat-pack(5)): objects whole, and those told by what changed since another one. */
const numbers: Readonly<Record<string, number>> = { commit: 1, tree: 2, blob: 3, tag: 4 };
const deltaToOffset = 6;
const deltaToId = 7;

const headerLength = 12;

interface Entry {
  /** Where it begins in the pack. */
  offset: number;
  /** `undefined` for a delta. */
  type: string | undefined;
  /** The object, or what changed since the one that it builds on. */
  bytes: Buffer;
  /** Where in the pack that one begins, or its id. */
  base: number | string | undefined;
}

/** @throws Error where it is no pack, or its checksum is not that of its bytes */
export function checkPack(pack: Buffer): void {
  const end = pack.length - hashLength;
  if (end < headerLength || pack.toString('latin1', 0, 4) !== 'PACK' || pack.readUInt32BE(4) !== 2)
    throw new Error('what came is no pack');
  if (!sha1(pack.subarray(0, end)).equals(pack.subarray(end))) throw new Error('the pack has come damaged');
}

/** How many objects a pack says that it holds. */
export function countIn(pack: Buffer): number {
  return pack.readUInt32BE(8);
}

/**
 * Reads all objects of a pack whose checksum is right.
 *
 * @returns by id
 * @throws Error where it is damaged, or builds on objects that it does not hold
 */
export function objectsIn(pack: Buffer): Map<string, GitObject> {
  const entries: Entry[] = [];
  for (let at = headerLength; entries.length < countIn(pack); ) {
    const { entry, next } = entryAt(pack, at);
    entries.push(entry);
    at = next;
  }
  return resolved(entries);
}

/** An object for a pack, and one that it was made from, which is in the pack too, or with whoever gets it. */
export interface PackedObject extends GitObject {
  old?: GitObject | undefined;
}

/**
 * A pack that holds these objects.
 *
 * @param canBeThin those that were made from another one may be told by what changed, where that is shorter
 */
export function packOf(objects: readonly PackedObject[], canBeThin: boolean): Buffer {
  const header = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1');
  header.writeUInt32BE(objects.length, 8);
  const pack = Buffer.concat([header, ...objects.flatMap((each) => entryFor(each, canBeThin ? each.old : undefined))]);
  return Buffer.concat([pack, sha1(pack)]);
}

/** What an object is called. */
export function objectId({ type, bytes }: GitObject): string {
  return hash('sha1', Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]), 'hex');
}

function sha1(bytes: Buffer): Buffer {
  return hash('sha1', bytes, 'buffer');
}

function entryAt(pack: Buffer, offset: number): { entry: Entry; next: number } {
  const { number: kind, size, next } = headerAt(pack, offset);
  if (kind === deltaToId) {
    const begin = next + hashLength;
    const { bytes, end } = inflatedAt(pack, begin, size);
    return { entry: { offset, type: undefined, bytes, base: pack.toString('hex', next, begin) }, next: end };
  }
  const from = kind === deltaToOffset ? distanceAt(pack, next) : { distance: undefined, next };
  const { bytes, end } = inflatedAt(pack, from.next, size);
  const base = from.distance === undefined ? undefined : offset - from.distance;
  return { entry: { offset, type: typeOf(kind), bytes, base }, next: end };
}

/** A byte with four bits of the size and the kind; where its highest bit is set, the rest of the size follows. */
function headerAt(pack: Buffer, at: number): { number: number; size: number; next: number } {
  const byte = pack.readUInt8(at);
  const rest = byte < 128 ? { size: 0, next: at + 1 } : sizeAt(pack, at + 1);
  return { number: (byte >> 4) & 7, size: (byte & 15) + rest.size * 16, next: rest.next };
}

function entryFor({ type, bytes }: GitObject, old: GitObject | undefined): Buffer[] {
  const delta = old === undefined ? undefined : deltaBetween(old.bytes, bytes);
  if (old === undefined || delta === undefined || delta.length + hashLength >= bytes.length)
    return [entryHeader(numbers[type] ?? 0, bytes.length), deflateSync(bytes)];
  return [entryHeader(deltaToId, delta.length), Buffer.from(objectId(old), 'hex'), deflateSync(delta)];
}

function entryHeader(number: number, size: number): Buffer {
  const first = (number << 4) | (size & 15);
  if (size < 16) return Buffer.from([first]);
  return Buffer.concat([Buffer.from([first | 128]), sizeOf(Math.floor(size / 16))]);
}

/** How far before an entry the one lies that it builds on; no number can be told in two ways, so one is added for each byte. */
function distanceAt(pack: Buffer, at: number): { distance: number; next: number } {
  let byte = pack.readUInt8(at);
  let distance = byte & 127;
  let next = at + 1;
  while (byte >= 128) {
    byte = pack.readUInt8(next);
    distance = (distance + 1) * 128 + (byte & 127);
    next += 1;
  }
  return { distance, next };
}

function typeOf(kind: number): string | undefined {
  return Object.keys(numbers).find((type) => numbers[type] === kind);
}

function inflatedAt(pack: Buffer, begin: number, size: number): { bytes: Buffer; end: number } {
  const room = { chunkSize: Math.max(64, size + 1), maxOutputLength: Math.max(1, size), info: true };
  // with `info` comes the engine as well, which knows where the compressed bytes end
  const { buffer, engine } = inflateSync(pack.subarray(begin), room) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  if (buffer.length !== size) throw new Error('an object of the pack is not as long as it says');
  return { bytes: buffer, end: begin + engine.bytesWritten };
}

/** Objects by id; a delta may stand in front of what it builds on. */
function resolved(entries: readonly Entry[]): Map<string, GitObject> {
  const [byOffset, byId] = [new Map<number, GitObject>(), new Map<string, GitObject>()];
  let waiting = entries;
  while (waiting.length > 0) {
    const later = waiting.filter((entry) => {
      const base = typeof entry.base === 'number' ? byOffset.get(entry.base) : byId.get(entry.base ?? '');
      const object =
        entry.base === undefined ? wholeObject(entry) : base && { ...base, bytes: withDelta(base.bytes, entry.bytes) };
      if (object === undefined) return true;
      byOffset.set(entry.offset, object);
      byId.set(objectId(object), object);
      return false;
    });
    if (later.length === waiting.length) throw new Error('the pack builds on objects that it does not hold');
    waiting = later;
  }
  return byId;
}

function wholeObject({ type, bytes }: Entry): GitObject {
  if (type === undefined) throw new Error('the pack holds an object of no known kind');
  return { type, bytes };
}
