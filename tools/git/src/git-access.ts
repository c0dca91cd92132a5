import type { GitAccess, GitSettings } from './git-settings.ts';

/** Credentials as they are sent: a token that is made when it is needed has been made. */
export type ReadyAccess = GitAccess & { token: string };

/** The credentials for a server; `undefined` where there are none for it. */
export async function accessFor(settings: GitSettings, origin: string | undefined): Promise<ReadyAccess | undefined> {
  const access = settings.access.find((each) => each.origin === origin);
  if (access === undefined) return undefined;
  return { ...access, token: typeof access.token === 'string' ? access.token : await access.token.current() };
}

/** The value of the Authorization header for these credentials. */
export function basicHeader({ username, token }: ReadyAccess): string {
  return `Basic ${Buffer.from(`${username}:${token}`).toString('base64')}`;
}
