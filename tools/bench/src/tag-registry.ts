import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A registry of this machine with one repository of many tags, in pages, with an ETag of the whole list. */
export interface TagRegistry extends AsyncDisposable {
  /** `127.0.0.1:40000` */
  host: string;
  pages: number;
  /** How many requests it has answered, and how many of them with "too many". */
  counted(): { answered: number; refused: number };
  /** From now on every so many requests one is told to come back at once; 0 for none. */
  refuseEvery(count: number): void;
}

const pageSize = 1000;
const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.index.v1+json',
  manifests: [],
  annotations: { 'org.opencontainers.image.created': '2026-01-02T03:04:05Z' },
});

const manifestHeaders = {
  'content-type': 'application/vnd.oci.image.index.v1+json',
  'docker-content-digest': `sha256:${createHash('sha256').update(manifest).digest('hex')}`,
};

/** Pages are made beforehand: what is measured is who asks. */
export async function startTagRegistry(tags: readonly string[]): Promise<TagRegistry> {
  const sorted = [...tags].sort();
  const etag = `"${createHash('sha256').update(sorted.join()).digest('hex')}"`;
  const pages = pagesOf(sorted);
  let [answered, refused, every] = [0, 0, 0];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    answered += 1;
    if (every > 0 && answered % every === 0) {
      refused += 1;
      response.writeHead(429, { 'retry-after': '0' }).end('{}');
      return;
    }
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!url.pathname.endsWith('/tags/list')) {
      response.writeHead(200, manifestHeaders).end(manifest);
      return;
    }
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, { etag }).end();
      return;
    }
    const page = pages.get(url.searchParams.get('last') ?? '');
    response.writeHead(200, { etag, ...(page?.link === undefined ? {} : { link: page.link }) }).end(page?.body);
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    pages: pages.size,
    counted: () => ({ answered, refused }),
    refuseEvery: (count) => {
      every = count;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** By the last tag of the page before. */
function pagesOf(sorted: readonly string[]): Map<string, { body: Buffer; link?: string }> {
  const pages = new Map<string, { body: Buffer; link?: string }>();
  for (let at = 0; at < sorted.length; at += pageSize) {
    const tags = sorted.slice(at, at + pageSize);
    const hasNext = at + pageSize < sorted.length;
    const link = `</v2/team/app/tags/list?last=${tags.at(-1)}&n=${pageSize}>; rel="next"`;
    const body = Buffer.from(JSON.stringify({ name: 'team/app', tags }));
    pages.set(sorted[at - 1] ?? '', { body, ...(hasNext ? { link } : {}) });
  }
  return pages;
}
