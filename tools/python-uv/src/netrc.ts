/** One login of a netrc file. */
export interface Login {
  /** Undefined for `default`. */
  machine: string | undefined;
  login: string;
  password: string;
}

/** Entries of several files as one file. A file without a line end at its end does not swallow the next one's first entry. */
export function joinNetrc(texts: readonly string[]): string {
  return texts.map((text) => `${text.replaceAll('\r\n', '\n').trimEnd()}\n`).join('');
}

/** Logins in their order. Macros and accounts are left out, as nobody uses them over HTTP. */
export function parseNetrc(text: string): Login[] {
  const words = text.replaceAll(/^\s*#.*$/gm, '').split(/\s+/);
  const logins: Login[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const next = words[index + 1] ?? '';
    const last = logins.at(-1);
    if (words[index] === 'default') logins.push({ machine: undefined, login: '', password: '' });
    else if (words[index] === 'machine') logins.push({ machine: next, login: '', password: '' });
    else if (words[index] === 'login' && last !== undefined) last.login = next;
    else if (words[index] === 'password' && last !== undefined) last.password = next;
    else continue;
    if (words[index] !== 'default') index += 1;
  }
  return logins;
}

/** The value of an `Authorization` header for an address: its own login, else that of its host; undefined without either. */
export function authorizationFor(url: URL, logins: readonly Login[]): string | undefined {
  if (url.username !== '') return basic(decodeURIComponent(url.username), decodeURIComponent(url.password));
  const found =
    logins.find(({ machine }) => machine === url.hostname || machine === url.host) ??
    logins.find(({ machine }) => machine === undefined);
  return found === undefined ? undefined : basic(found.login, found.password);
}

function basic(login: string, password: string): string {
  return `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;
}
