import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run.ts';
import type { Workshop } from './programs/build-program.ts';

/**
 * Names of what speaks TLS in the cluster: the forge and the registry, under whatever name a suite gives them a service, and
 * on the machine's loopback; and the node's own address, from which images are pulled.
 */
const servedNames = ['*.luban-test.svc', '*.luban-test.svc.cluster.local', 'localhost'].map((name) => `DNS:${name}`);
const servedAddresses = ['IP:127.0.0.1', 'IP:10.88.0.1'];

/** A company's certificate authority, as it were: all images made here trust it. Kept with them in the cache. */
export function authorityFile(
  { cache }: Pick<Workshop, 'cache'>,
  name: 'ca.crt' | 'server.crt' | 'server.key',
): string {
  return join(cache, 'authority', name);
}

export async function makeAuthority(workshop: Workshop): Promise<void> {
  const folder = join(workshop.cache, 'authority');
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true, mode: 0o700 });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '3650'];
  const names = [...servedNames, ...servedAddresses].join(',');
  const openssl = (...args: string[]): Promise<string> => run('openssl', args, { cwd: part });
  await openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=Luban test');
  await openssl('req', ...key.slice(0, 5), '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=luban-test');
  await writeFile(join(part, 'names'), `subjectAltName=${names}\nextendedKeyUsage=serverAuth\n`);
  const signer = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '3650', '-extfile', 'names'];
  await openssl('x509', '-req', '-in', 'server.csr', '-out', 'server.crt', ...signer);
  await chmod(join(part, 'server.key'), 0o644); // read by the forge, which is not root; guarded by the folder
  await rename(part, folder);
}
