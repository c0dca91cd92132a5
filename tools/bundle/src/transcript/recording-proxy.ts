import { createServer, request as forward } from 'node:http';

/** Stands in front of a server of this machine and notes what it was asked for. */
export interface RecordingProxy extends AsyncDisposable {
  /** `http://127.0.0.1:40000` */
  url: string;
  /** Method and path of every request, in order: `GET /api/v1/version`. */
  requests: string[];
  /** Header `Authorization` of every request that had one. */
  credentials: string[];
}

/** Passes everything on to `target`, an origin, as it is. */
export async function recordingProxy(target: string): Promise<RecordingProxy> {
  const requests: string[] = [];
  const credentials: string[] = [];
  const server = createServer((asked, answer) => {
    requests.push(`${asked.method} ${asked.url}`);
    if (asked.headers.authorization !== undefined) credentials.push(asked.headers.authorization);
    const headers = { ...asked.headers, host: new URL(target).host };
    const passed = forward(new URL(asked.url ?? '/', target), { method: asked.method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.rawHeaders);
      got.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    credentials,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
