import { InputError } from '@luban-ci/core';

const keyField = 'gitSshKey';
const hostsField = 'gitKnownHosts';

/**
 * A private key as ssh reads it: with line feeds alone, and one at its end, which secrets often lose.
 *
 * @throws InputError for what is no private key, or one that wants a passphrase
 */
export function checkedPrivateKey(text: string): string {
  const key = `${text.replaceAll('\r\n', '\n').trim()}\n`;
  const body = /^-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----\n([\s\S]+)\n-----END \1PRIVATE KEY-----\n$/.exec(key);
  if (body === null)
    throw refusedKey('is not a private key', 'expected a private key in OpenSSH format or PEM, with all of its lines');
  const [, kind = '', lines = ''] = body;
  if (isEncrypted(kind, lines))
    throw refusedKey('wants a passphrase', 'expected a private key without a passphrase: nobody is there to type it');
  return key;
}

/**
 * Lines of `known_hosts` (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"), names hashed or not.
 *
 * @throws InputError when a line is none, or there is none
 */
export function checkedKnownHosts(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const entries = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const isEntry = (line: string): boolean =>
    /^(@(cert-authority|revoked)\s+)?\S+\s+[a-z][\w.@-]+\s+[A-Za-z0-9+/]{20,}={0,2}(\s|$)/.test(line);
  if (entries.length > 0 && entries.every(isEntry)) return `${entries.join('\n')}\n`;
  const expected =
    'expected lines as in known_hosts: the host, the kind of key and the key (`ssh-keyscan <host>` prints them)';
  throw new InputError('The known hosts for git cannot be read', [{ field: hostsField, expected }]);
}

/** OpenSSH's PROTOCOL.key: a magic word, then the name of the cipher; PEM says it in a header (RFC 1421) or in its name (RFC 5958). */
function isEncrypted(kind: string, lines: string): boolean {
  if (kind === 'ENCRYPTED ') return true;
  if (kind !== 'OPENSSH ') return /^Proc-Type: 4,ENCRYPTED$/m.test(lines);
  const bytes = Buffer.from(lines, 'base64');
  const magic = 'openssh-key-v1\0';
  if (bytes.toString('latin1', 0, magic.length) !== magic || bytes.length < magic.length + 4) {
    throw refusedKey('is damaged', 'expected all lines of the private key, unchanged');
  }
  const start = magic.length + 4;
  return bytes.toString('latin1', start, start + bytes.readUInt32BE(magic.length)) !== 'none';
}

function refusedKey(why: string, expected: string): InputError {
  return new InputError(`The key for git over ssh ${why}`, [{ field: keyField, expected }]);
}
