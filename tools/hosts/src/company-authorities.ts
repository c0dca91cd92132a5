import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, messageOf } from '@luban-ci/core';
import type { Surroundings } from './host.ts';

/**
 * Trusts the certificate authorities of a company beside those that everybody trusts, in this process and in the git that it
 * starts. `LUBAN_CA_CERT` names a file of them in PEM, or a folder with a `ca.crt`: in a pod a Secret is mounted there, and
 * one that does not exist is an empty folder.
 *
 * @returns what takes the file for git away again; `undefined` where there is nothing to trust
 * @throws InputError when nothing is at that path, or no certificates are in it
 */
export async function trustCompany({ env, temporaryFolder }: Surroundings): Promise<AsyncDisposable | undefined> {
  const path = env['LUBAN_CA_CERT'] ?? '';
  const own = path === '' ? undefined : await certificatesAt(path);
  if (own === undefined) return undefined;
  const all = trusted(path, own);
  if (process.env['GIT_SSL_CAINFO'] !== undefined) return undefined; // somebody has told git already
  const folder = await mkdtemp(join(temporaryFolder, 'luban-ca-'));
  await writeFile(join(folder, 'ca.crt'), all.join('\n'));
  process.env['GIT_SSL_CAINFO'] = join(folder, 'ca.crt');
  return {
    [Symbol.asyncDispose]: async () => {
      delete process.env['GIT_SSL_CAINFO'];
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function certificatesAt(path: string): Promise<string | undefined> {
  const there = await stat(path).catch(() => undefined);
  if (there === undefined) throw new InputError(`LUBAN_CA_CERT names ${path}, which is not there`);
  if (!there.isDirectory()) return await readFile(path, 'utf8');
  return await readFile(join(path, 'ca.crt'), 'utf8').catch(() => undefined);
}

const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** @returns everything that is trusted now */
function trusted(path: string, text: string): string[] {
  const tls = process.getBuiltinModule('node:tls');
  if (tls.setDefaultCACertificates === undefined) {
    const hint = `Set NODE_EXTRA_CA_CERTS and GIT_SSL_CAINFO, or use Node 22.19 or newer; this is ${process.version}.`;
    throw new InputError('This Node cannot take certificates while it runs', [], { hint });
  }
  const own = text.match(certificate);
  if (own === null) throw new InputError(`LUBAN_CA_CERT names ${path}, which holds no certificates in PEM`);
  try {
    const all = [...tls.getCACertificates('default'), ...own];
    tls.setDefaultCACertificates(all);
    return all;
  } catch (cause) {
    throw new InputError(`LUBAN_CA_CERT names ${path}, which is damaged: ${messageOf(cause)}`, [], { cause });
  }
}
