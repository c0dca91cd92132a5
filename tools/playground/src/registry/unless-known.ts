import type { IncomingMessage } from 'node:http';
import type { Reply } from '../server/reply.ts';

/** 304 without a body where the caller has this very state (RFC 9110, section 13.1.2); else the reply as it is. */
export function unlessKnown(request: IncomingMessage, reply: Reply): Reply {
  const known = request.headers['if-none-match'];
  const etag = reply.headers?.['etag'];
  if (known === undefined || etag === undefined) return reply;
  const isKnown = known.split(',').some((each) => each.trim().replace(/^W\//, '') === etag || each.trim() === '*');
  return isKnown ? { status: 304, ...(reply.headers === undefined ? {} : { headers: reply.headers }) } : reply;
}
