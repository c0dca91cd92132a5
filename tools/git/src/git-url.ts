import { InputError } from '@luban-ci/core';

/** A checked address of a repository. */
export interface GitUrl {
  url: string;
  protocol: 'http' | 'https' | 'ssh' | 'file';
  /** Scheme, host and port for http and https: credentials belong to exactly one of these. */
  origin: string | undefined;
}

/**
 * Checks an address before git sees it: only http, https, ssh (also as `git@host:path`) and, where it is allowed, file.
 * git itself would also take `ext::` commands and options.
 *
 * @throws InputError that never repeats a password
 */
export function parseGitUrl(url: string, allowFile: boolean): GitUrl {
  if (url === '' || url.startsWith('-') || /[\p{Cc} ]|::/u.test(url))
    throw refused('is not an address of a repository');
  if (/^[\w.-]+@[\w.-]+:(?!\/\/)[^\\]+$/.test(url)) return { url, protocol: 'ssh', origin: undefined };
  const parsed = URL.parse(url);
  if (parsed === null) throw refused('is not an address of a repository');
  if (parsed.password !== '') throw withCredentials();
  switch (parsed.protocol) {
    case 'http:':
    case 'https:':
      if (parsed.username !== '') throw withCredentials();
      return { url, protocol: parsed.protocol === 'http:' ? 'http' : 'https', origin: parsed.origin };
    case 'ssh:':
      if (decodeURIComponent(parsed.hostname).startsWith('-')) throw refused('has a host that starts with a dash');
      return { url, protocol: 'ssh', origin: undefined };
    case 'file:':
      if (allowFile) return { url, protocol: 'file', origin: undefined };
      throw refused('is a file address, which is not allowed here');
    default:
      throw refused(`has the protocol ${parsed.protocol} which is not http, https or ssh`);
  }
}

function refused(why: string): InputError {
  return new InputError(`the repository URL ${why}`, [
    { field: 'repoUrl', expected: 'expected an https, http or ssh URL' },
  ]);
}

function withCredentials(): InputError {
  const expected = 'expected a URL without a user or password before the host';
  return new InputError('the repository URL holds credentials', [{ field: 'repoUrl', expected }], {
    hint: 'Take the part before @ out of the URL and give the user name and token as inputs of their own.',
  });
}
