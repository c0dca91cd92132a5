import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';

/** An HTTP server of this machine that a test writes itself, gone when the test's scope ends. */
export interface LoopbackServer extends AsyncDisposable {
  /** `http://127.0.0.1:40000` */
  url: string;
  /** `127.0.0.1:40000` */
  host: string;
  /** Every request in order. */
  seen: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[];
}

/** Calls `answer` for each request, after its body has been read, with how many came before it. */
export async function loopbackServer(
  answer: (request: LoopbackServer['seen'][number], response: ServerResponse, index: number) => void,
): Promise<LoopbackServer> {
  const seen: LoopbackServer['seen'] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const entry = { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') };
      seen.push(entry);
      answer(entry, response, seen.length - 1);
    });
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    url: `http://${host}`,
    host,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
