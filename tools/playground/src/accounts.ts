import { createHash, timingSafeEqual } from 'node:crypto';

/** Somebody who may use the playground. */
export interface PlaygroundUser {
  name: string;
  /** Sent as token, bearer token, or password of basic authentication. */
  token: string;
  /** May do everything; others write only below their own name and in organisations they belong to. */
  admin?: boolean;
}

/** Who is calling. */
export interface Account {
  name: string;
  admin: boolean;
}

export interface Accounts {
  /** `undefined` for a call that may do nothing. Without any users, everybody is the one administrator. */
  identify(authorization: string | undefined): Account | undefined;
  /** Acts for the person in front of the web page. */
  readonly keeper: Account;
  exists(name: string): boolean;
}

/** The account of a playground that knows no users. */
export const openAccount: Account = { name: 'luban', admin: true };

export function createAccounts(users: readonly PlaygroundUser[]): Accounts {
  const accounts = users.map((user) => ({ name: user.name, admin: user.admin === true, token: digest(user.token) }));
  const keeper = accounts.find((account) => account.admin) ?? accounts[0] ?? openAccount;
  return {
    keeper: { name: keeper.name, admin: keeper.admin },
    exists: (name) => name === openAccount.name || accounts.some((account) => account.name === name),
    identify: (authorization) => {
      if (accounts.length === 0) return openAccount;
      const given = tokensIn(authorization ?? '').map(digest);
      const found = accounts.find(({ token }) => given.some((each) => timingSafeEqual(each, token)));
      return found && { name: found.name, admin: found.admin };
    },
  };
}

/** Gitea takes the token after `token` or `Bearer`, and as either part of basic credentials. */
function tokensIn(authorization: string): string[] {
  const [, scheme = '', value = ''] = /^(\w+)\s+(\S+)$/.exec(authorization) ?? [];
  if (/^(?:token|bearer)$/i.test(scheme)) return [value];
  if (!/^basic$/i.test(scheme)) return [];
  const text = Buffer.from(value, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return [text.slice(colon + 1), text.slice(0, Math.max(colon, 0))];
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
