import { createServer, type IncomingMessage, type ServerResponse, request as sendOn } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as a fault hook sees it. */
export interface ProxiedRequest {
  method: string;
  /** Path and query. */
  target: string;
}

/** Nothing, an answer in the place of the server's, or a line that is cut before or after the server has done its work. */
export type ProxyFault =
  | undefined
  | { status: number; headers?: Record<string, string> }
  | { reset: 'before' | 'after' };

/** A loopback server in front of another one, which can be made to fail. */
export interface FaultProxy extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** Every request so far, with the status it was answered with; 0 for a line that was cut. */
  requests: (ProxiedRequest & { status: number })[];
  setFault(fault: ((request: ProxiedRequest) => ProxyFault) | undefined): void;
}

/** Passes everything on to `origin`, a server of this machine, as long as no fault is set. */
export async function faultProxy(origin: string): Promise<FaultProxy> {
  const requests: FaultProxy['requests'] = [];
  const state: { fault: ((request: ProxiedRequest) => ProxyFault) | undefined } = { fault: undefined };
  const server = createServer((request, response) => {
    const seen = { method: request.method ?? 'GET', target: request.url ?? '/', status: 0 };
    requests.push(seen);
    response.once('finish', () => {
      seen.status = response.statusCode;
    });
    answer(origin, request, response, state.fault?.(seen));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    setFault: (fault) => {
      state.fault = fault;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(origin: string, request: IncomingMessage, response: ServerResponse, fault: ProxyFault): void {
  if (fault !== undefined && 'status' in fault) {
    request.resume();
    request.once('end', () => response.writeHead(fault.status, fault.headers).end());
    return;
  }
  if (fault?.reset === 'before') {
    request.socket.destroy();
    return;
  }
  const { host } = new URL(origin);
  const onward = sendOn(`${origin}${request.url ?? '/'}`, {
    method: request.method ?? 'GET',
    headers: { ...request.headers, host },
  });
  onward.once('error', () => response.destroy());
  onward.once('response', (answered) => {
    if (fault?.reset === 'after') {
      answered.resume();
      answered.once('end', () => response.destroy());
      return;
    }
    response.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(response);
  });
  request.pipe(onward);
}
