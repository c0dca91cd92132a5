import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { HttpFailure } from './reply.ts';

const jsonLimitBytes = 2_000_000;

/** A whole request body. @throws HttpFailure 413 when it is longer than the limit */
export async function readBody(request: IncomingMessage, limitBytes = jsonLimitBytes): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > limitBytes) throw new HttpFailure(413, `The body is longer than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A JSON body by a schema. @throws HttpFailure 422 as Gitea does for what does not fit */
export async function readJson<S extends z.ZodType>(request: IncomingMessage, schema: S): Promise<z.output<S>> {
  const text = (await readBody(request)).toString('utf8');
  const result = schema.safeParse(parsed(text === '' ? '{}' : text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new HttpFailure(422, `[${issue?.path.join('.')}]: ${issue?.message}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpFailure(422, 'The body is not JSON');
  }
}
