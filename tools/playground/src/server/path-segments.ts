import { HttpFailure } from './reply.ts';

/**
 * The decoded segments of a request's path. They are taken from the raw target: `URL` resolves `..` and `%2e%2e` before
 * anybody has looked at them, and here they are refused.
 */
export function pathSegments(target: string): string[] {
  const path = target.replace(/[?#].*$/s, '');
  const segments = path.split('/').slice(1).map(decoded);
  if (segments.some((segment) => segment === '.' || segment === '..' || /[\0\\]/.test(segment))) {
    throw new HttpFailure(400, 'The path has a segment that is no name');
  }
  return segments.at(-1) === '' ? segments.slice(0, -1) : segments;
}

/** Whether a text may name an owner or a repository: it becomes a folder. */
export function isName(text: string): boolean {
  return (
    /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/.test(text) && !text.includes('..') && !/\.(?:git|json|lock)$|\.$/i.test(text)
  );
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new HttpFailure(400, 'The path has a broken %-sequence');
  }
}
