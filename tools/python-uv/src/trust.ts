import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { InputError, messageOf } from '@luban-ci/core';
import type { Binding } from './bindings.ts';
import { joinNetrc, type Login, parseNetrc } from './netrc.ts';

/** Who is trusted, and who logs in where, while this build lasts. */
export interface Trust extends AsyncDisposable {
  /** For the programs that the build starts. */
  environment: Record<string, string>;
  logins: readonly Login[];
}

const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * The certificates of bindings are trusted beside the public ones, never in their place: what a program finds in
 * `SSL_CERT_FILE` is all that it trusts. Both files are in a folder that no image gets, and that is gone at the end.
 */
export async function openTrust(bindings: readonly Binding[]): Promise<Trust> {
  const folder = await mkdtemp(join(tmpdir(), 'luban-trust-'));
  const own = textsOf(bindings, 'ca-certificates').flatMap((text) => text.match(certificate) ?? []);
  const certificates = [...new Set([...getCACertificates('default'), ...own])];
  if (own.length > 0) trustFromHere(certificates);
  const bundle = join(folder, 'certificates.pem');
  await writeFile(bundle, certificates.map((text) => `${text.trim()}\n`).join(''));
  const netrc = joinNetrc(textsOf(bindings, 'netrc'));
  if (netrc !== '') await writeFile(join(folder, 'netrc'), netrc, { mode: 0o600 });
  return {
    environment: {
      SSL_CERT_FILE: bundle,
      GIT_SSL_CAINFO: bundle,
      REQUESTS_CA_BUNDLE: bundle,
      ...(netrc === '' ? {} : { NETRC: join(folder, 'netrc') }),
    },
    logins: parseNetrc(netrc),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** @throws InputError when one of them cannot be read */
function trustFromHere(certificates: readonly string[]): void {
  try {
    setDefaultCACertificates(certificates);
  } catch (cause) {
    const expected = `expected certificates in PEM: ${messageOf(cause)}`;
    throw new InputError('The build cannot begin', [{ field: 'the binding ca-certificates', expected }], { cause });
  }
}

function textsOf(bindings: readonly Binding[], type: string): string[] {
  return bindings.filter((binding) => binding.type === type).flatMap(({ entries }) => Object.values(entries));
}
