import { connectionFailure, RetryableError, StepError } from '@luban-ci/core';
import type { RegistrySession } from './session.ts';

export interface BodyLimits {
  /** What is read, as an error begins: `The manifest of ghcr.io/a/b`. */
  what: string;
  limitBytes: number;
}

/**
 * The chunks of a body. A pause longer than the session's time limit, and an end before the announced length, are
 * RetryableErrors; more than `limitBytes` is a StepError.
 */
export async function* chunksOf(
  response: Response,
  session: RegistrySession,
  { what, limitBytes }: BodyLimits,
): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await nextChunk(reader, session, what);
      if (done) break;
      size += value.byteLength;
      if (size > limitBytes) throw new StepError(`${what} is longer than the ${limitBytes} bytes that were expected`);
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
  const announced = response.headers.get('content-length');
  const isEncoded = response.headers.has('content-encoding');
  if (announced !== null && !isEncoded && Number(announced) !== size) {
    throw new RetryableError(`${what} ended after ${size} of ${announced} bytes`);
  }
}

/** A whole body in memory. */
export async function bodyOf(response: Response, session: RegistrySession, limits: BodyLimits): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of chunksOf(response, session, limits)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function nextChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  session: RegistrySession,
  what: string,
): Promise<{ done: true; value: undefined } | { done: false; value: Uint8Array }> {
  const { promise: stalled, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new RetryableError(`${what} stopped arriving for ${session.timeoutSeconds} s`)),
    session.timeoutSeconds * 1000,
  );
  try {
    const read = await Promise.race([reader.read(), stalled]);
    return read.done ? { done: true, value: undefined } : { done: false, value: read.value };
  } catch (error) {
    if (error instanceof RetryableError) throw error;
    throw connectionFailure(error, `the registry while reading: ${what}`);
  } finally {
    clearTimeout(timer);
  }
}
