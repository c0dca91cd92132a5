import { messageOf, RetryableError, StepError } from './errors.ts';

/** One HTTP call whose whole answer fits into memory. */
export interface ExchangeOptions {
  /** Who is asked, as a sentence names it: `the registry ghcr.io`. */
  peer: string;
  /** Until the last byte of the body. */
  timeoutSeconds: number;
  /** A longer body is refused. */
  limitBytes: number;
  fetch?: typeof fetch | undefined;
  signal?: AbortSignal | undefined;
}

export interface Answer {
  status: number;
  headers: Headers;
  bytes: Uint8Array;
}

/**
 * Sends a request and reads the whole answer, whatever its status.
 *
 * @throws RetryableError when the connection fails, ends early or takes too long; StepError when the body is too long;
 *   the signal's reason when it was aborted
 */
export async function exchange(url: string, init: RequestInit, options: ExchangeOptions): Promise<Answer> {
  const timeout = AbortSignal.timeout(options.timeoutSeconds * 1000);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  try {
    const response = await (options.fetch ?? fetch)(url, { ...init, signal });
    return { status: response.status, headers: response.headers, bytes: await wholeBody(response, options) };
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof StepError) throw error;
    throw connectionFailure(error, options.peer, timeout.aborted ? options.timeoutSeconds : undefined);
  }
}

/** What a failed `fetch` means to a step; `after` is given when it was our own time limit that ended it. */
export function connectionFailure(error: unknown, peer: string, after?: number): RetryableError {
  if (after !== undefined) {
    return new RetryableError(`${peer} did not answer in full within ${after} s`, { cause: error });
  }
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return new RetryableError(`The connection to ${peer} failed: ${messageOf(cause)}`, {
    cause: error,
    hint: 'Check that the address is right and that the network lets this machine reach it, then try again.',
  });
}

/** Seconds the other side asked to wait: `Retry-After` as a number or as a date (RFC 9110, section 10.2.3). */
export function retryAfterSeconds(headers: Headers, now: Date): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now.getTime()) / 1000));
}

/** Whether a URL's host is this machine: the only hosts that are spoken to without TLS unless they are named. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

async function wholeBody(response: Response, options: ExchangeOptions): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > options.limitBytes) {
      throw new StepError(`${options.peer} sent more than the ${options.limitBytes} bytes that were expected`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
