import { InputError } from '@luban-ci/core';
import { type AzureRepository, azureRepository, isAzureUrl } from './azure-url.ts';

/** What the URL of a repository says, whatever forge it is on. */
export interface RepositoryUrl {
  /** Host in lower case, with a port where the URL has one that is not the scheme's own. */
  host: string;
  scheme: 'https' | 'http' | 'ssh';
  /** Path below the host, decoded, without slashes at its ends and without `.git`. */
  path: string;
  /** All segments but the last: user, organisation, or a group's path. On Azure `organization/project`. */
  owner: string;
  /** Last segment. */
  repository: string;
  /** Only where the URL has Azure DevOps' form. */
  azure?: AzureRepository;
}

const longestUrl = 2048;

/**
 * Reads the https, http, ssh and scp-like (`git@host:owner/name.git`) forms that forges hand out.
 *
 * @throws InputError for credentials in the URL, for anything that could be program text, for `..`, and for what is no
 *   repository URL; the message never repeats the password
 */
export function parseRepositoryUrl(text: string): RepositoryUrl {
  const { scheme, host, segments } = partsOf(text);
  const path = segments.join('/');
  if (isAzureUrl(host, segments)) {
    const azure = azureRepository(host, segments) ?? fail(text, 'it is not a repository URL of Azure DevOps');
    return { host, scheme, path, owner: `${azure.organization}/${azure.project}`, repository: azure.repository, azure };
  }
  const repository = segments.at(-1) ?? '';
  const owner = segments.slice(0, -1).join('/');
  if (owner === '') fail(text, 'expected an owner and a repository after the host');
  if (host === 'github.com' && segments.length > 2) fail(text, 'expected exactly an owner and a repository');
  return { host, scheme, path, owner, repository };
}

interface UrlParts {
  scheme: RepositoryUrl['scheme'];
  host: string;
  segments: string[];
}

function partsOf(text: string): UrlParts {
  if (text.length > longestUrl) fail(text, `it is longer than ${longestUrl} characters`);
  if (text !== text.trim() || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)) {
    fail(text, 'it has control characters, or blanks around it');
  }
  const scp = text.includes('://') ? null : /^(?:([A-Za-z0-9._-]+)@)?([A-Za-z0-9.-]+):(?!\/)(.+)$/.exec(text);
  if (scp !== null)
    return { scheme: 'ssh', host: hostOf(text, scp[2] ?? ''), segments: segmentsOf(text, scp[3] ?? '') };
  const url = URL.parse(text);
  if (url === null) return fail(text, 'expected https://host/owner/repository or git@host:owner/repository');
  const scheme = url.protocol.slice(0, -1);
  if (scheme !== 'https' && scheme !== 'http' && scheme !== 'ssh') {
    return fail(text, `expected https, http or ssh, not ${JSON.stringify(scheme.slice(0, 20))}`);
  }
  if (url.password !== '' || (scheme !== 'ssh' && hasForeignUser(url))) {
    fail(withoutUser(text), 'it holds credentials; give them as a secret instead');
  }
  if (url.search !== '' || url.hash !== '') fail(text, 'it has a query or a fragment');
  // The path is taken from the text: URL resolves `..` silently, and here it is refused.
  const rawPath = text.slice(text.indexOf('://') + 3).replace(/^[^/]*/, '');
  return { scheme, host: hostOf(text, url.host), segments: segmentsOf(text, rawPath) };
}

/** Azure DevOps puts the organisation before the `@` of its clone URLs; that alone is not a credential. */
function hasForeignUser(url: URL): boolean {
  if (url.username === '') return false;
  return !(url.hostname === 'dev.azure.com' && url.pathname.startsWith(`/${url.username}/`));
}

function hostOf(text: string, host: string): string {
  const name = host.toLowerCase();
  if (!/^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[a-f0-9:]+\])(?::\d{1,5})?$/.test(name))
    fail(text, 'its host is not one');
  return name;
}

function segmentsOf(text: string, rawPath: string): string[] {
  const trimmed = rawPath.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  const segments = trimmed.split('/').map((segment) => decoded(text, segment));
  for (const segment of segments) {
    if (!/^[\p{L}\p{N}_.~ +-]+$/u.test(segment) || /^\.+$/.test(segment) || segment.startsWith('-')) {
      fail(text, `${JSON.stringify(segment.slice(0, 60))} cannot be part of a repository's path`);
    }
  }
  return segments;
}

function decoded(text: string, segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return fail(text, 'it has a broken %-sequence');
  }
}

function withoutUser(text: string): string {
  return text.replace(/:\/\/[^/]*@/, '://***@');
}

function fail(text: string, why: string): never {
  throw new InputError(`The repository URL ${JSON.stringify(withoutUser(text).slice(0, 200))} cannot be used: ${why}`);
}
