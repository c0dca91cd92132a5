import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { parseEdit } from '@luban-ci/edits';
import { z } from 'zod';
import type { CommitJob } from './land-job.ts';

/**
 * A request that waits at the server to be landed by whoever lands next. It is the message of a commit without files
 * and without parents, so that it comes with the refs, in one object, where blobs are not fetched.
 */
export interface Intent {
  /** Time of asking and something random: intents in the order of their ids are in the order of asking. */
  id: string;
  branch: string;
  /** Afterwards nobody lands it any more. */
  expires: Date;
  commits: readonly CommitJob[];
}

/** What a reader makes of an intent: only the first kind is landed, the second kind is cleared away when it is old. */
export type ReadIntent = { kind: 'known'; intent: Intent } | { kind: 'foreign'; expires: Date | undefined };

const heading = 'Luban CI: an edit that waits to be landed [skip ci]';
const idPattern = /^\d{8}T\d{9}Z-[0-9a-f]{8}$/;

export function newIntentId(now: Date): string {
  return `${now.toISOString().replace(/[-:.]/g, '')}-${randomBytes(4).toString('hex')}`;
}

export function isIntentId(text: string): boolean {
  return idPattern.test(text);
}

/** When it was asked for, by the clock of whoever asked. */
function askedAt(id: string): Date {
  const [, year, month, day, hour, minute, second, fraction] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z/.exec(id) ?? [];
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction}Z`);
}

/** How long ago it was asked for, in milliseconds by our clock; nothing but who goes first is decided by it. */
export function ageOf({ id }: { id: string }, now: Date): number {
  return now.getTime() - askedAt(id).getTime();
}

/** The message of an intent's commit: a heading, the request as one line of JSON, and with a key its signature. */
export function intentMessage(intent: Intent, key: string | undefined): string {
  const json = JSON.stringify({ version: 1, ...intent, expires: intent.expires.toISOString() });
  return `${heading}\n\n${json}\n${key === undefined ? '' : `${signature(json, key)}\n`}`;
}

/**
 * Reads the message of an intent's commit. What is of another version, has kinds of edits that are not known here, does
 * not belong to its ref, or lacks the signature that `key` asks for, is foreign: it is not landed.
 */
export function readIntent(
  message: string,
  place: { id: string; branch: string },
  key: string | undefined,
): ReadIntent {
  const [, , json = '', signed = ''] = message.split('\n');
  const data = jsonOf(json);
  const expires = envelope().safeParse(data).data?.expires;
  if (key !== undefined && !isSigned(json, signed, key)) return { kind: 'foreign', expires };
  const checked = intentSchema().safeParse(data);
  if (!checked.success || checked.data.id !== place.id || checked.data.branch !== place.branch)
    return { kind: 'foreign', expires };
  const { version: _, ...intent } = checked.data;
  return { kind: 'known', intent };
}

const signature = (json: string, key: string): string =>
  `hmac-sha256 ${createHmac('sha256', key).update(json).digest('hex')}`;

function isSigned(json: string, signed: string, key: string): boolean {
  const [wanted, found] = [Buffer.from(signature(json, key)), Buffer.from(signed)];
  return wanted.length === found.length && timingSafeEqual(wanted, found);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

const time = (): z.ZodType<Date, string> => z.iso.datetime().transform((text) => new Date(text));
const envelope = once(() => z.looseObject({ expires: time() }));
const intentSchema = once(() => {
  const line = z.string();
  const trailers = z.object({
    images: z.array(line).optional(),
    ...Object.fromEntries(
      ['sourceRepository', 'sourceCommit', 'run', 'requestedBy', 'promotedFrom', 'order', 'key'].map((name) => [
        name,
        line.optional(),
      ]),
    ),
  });
  const edit = z.unknown().transform((value, ctx) => {
    try {
      return parseEdit(value);
    } catch (error) {
      ctx.addIssue({ code: 'custom', message: String(error) });
      return z.NEVER;
    }
  });
  const commit = z.object({
    edits: z.array(edit).min(1),
    message: z.string(),
    author: z.object({ name: z.string(), email: z.string() }),
    trailers,
  });
  return z.object({
    version: z.literal(1),
    id: z.string().regex(idPattern),
    branch: z.string(),
    expires: time(),
    commits: z.array(commit).min(1),
  });
});
