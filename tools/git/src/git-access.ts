import type { GitAccess, GitSettings } from './git-settings.ts';

/** Credentials as they are sent: a token that is made when it is needed has been made. */
export type ReadyAccess = GitAccess & { token: string };

/** The credentials for a server; `undefined` where there are none for it. */
export async function accessFor(settings: GitSettings, origin: string | undefined): Promise<ReadyAccess | undefined> {
  const access = settings.access.find((each) => each.origin === origin);
  if (access === undefined) return undefined;
  return { ...access, token: typeof access.token === 'string' ? access.token : await access.token.current() };
}

/** The same credentials with another token, after the server has refused this one; `undefined` where there is no other. */
export async function renewedAccess(settings: GitSettings, refused: ReadyAccess): Promise<ReadyAccess | undefined> {
  const tokens = settings.access.find((each) => each.origin === refused.origin)?.token;
  if (tokens === undefined || typeof tokens === 'string') return undefined;
  return { ...refused, token: await tokens.renewed(refused.token) };
}

/** The value of the Authorization header for these credentials. */
export function basicHeader({ username, token }: ReadyAccess): string {
  return `Basic ${Buffer.from(`${username}:${token}`).toString('base64')}`;
}
