import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { z } from 'zod';

/** What a sensor maps from a push event of Gitea. */
const Push = z.object({
  ref: z.string(),
  after: z.string(),
  repository: z.object({ clone_url: z.string() }),
  pusher: z.object({ login: z.string() }),
});

/** Receives push events and starts the dispatcher for each: what Argo Events does in a cluster. */
export interface EventSource extends AsyncDisposable {
  url: string;
  secret: string;
  /** From now on; what was delivered before is taken and forgotten. */
  deliverTo(onPush: (parameters: Record<string, string>) => void): void;
}

export async function openEventSource(): Promise<EventSource> {
  const secret = randomBytes(24).toString('hex');
  let onPush: (parameters: Record<string, string>) => void = () => {};
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const push = isSigned(body, request.headers['x-gitea-signature'], secret)
      ? Push.safeParse(parsed(body))
      : undefined;
    response.writeHead(push === undefined ? 403 : 202).end();
    if (push?.success !== true || request.headers['x-gitea-event'] !== 'push') return;
    const { ref, after, repository, pusher } = push.data;
    onPush({ repo_url: repository.clone_url, revision: after, git_ref: ref, requested_by: pusher.login });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/gitea/push`,
    secret,
    deliverTo: (taker) => {
      onPush = taker;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Gitea signs the body with HMAC-SHA256 and sends the digest as hexadecimal digits. */
function isSigned(body: Buffer, signature: string | string[] | undefined, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(typeof signature === 'string' ? signature : '', 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
