import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../run.ts';
import { addresses, nodeName } from './addresses.ts';

/** Who shows a certificate: its name, groups, and the addresses it is reached at. */
interface Identity {
  commonName: string;
  organization?: string;
  alternativeNames?: readonly string[];
}

const clusterNames = ['kubernetes', 'default', 'svc', 'cluster', 'local'];

/** Names that Kubernetes gives meaning: https://kubernetes.io/docs/setup/best-practices/certificates/ */
const identities: Readonly<Record<string, Identity>> = {
  apiserver: {
    commonName: 'kube-apiserver',
    alternativeNames: [
      `IP:${addresses.node}`,
      `IP:${addresses.api}`,
      'IP:127.0.0.1',
      'DNS:localhost',
      ...[1, 2, 3, 5].map((parts) => `DNS:${clusterNames.slice(0, parts).join('.')}`),
    ],
  },
  etcd: { commonName: 'etcd', alternativeNames: ['IP:127.0.0.1'] },
  kubelet: { commonName: nodeName, alternativeNames: [`IP:${addresses.node}`, `DNS:${nodeName}`] },
  admin: { commonName: 'admin', organization: 'system:masters' },
  node: { commonName: `system:node:${nodeName}`, organization: 'system:nodes' },
  'controller-manager': { commonName: 'system:kube-controller-manager' },
  scheduler: { commonName: 'system:kube-scheduler' },
  proxy: { commonName: 'system:kube-proxy' },
  'apiserver-kubelet': { commonName: 'kube-apiserver-kubelet', organization: 'system:masters' },
  'front-proxy': { commonName: 'front-proxy' },
};

/** An authority and what it signs, in a folder: `<name>.crt` and `<name>.key`, and the pair that signs service accounts. */
export async function makeCertificates(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await openssl(folder, [
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-subj',
    '/CN=luban',
    ...days,
  ]);
  for (const [name, identity] of Object.entries(identities)) await sign(folder, name, identity);
  await openssl(folder, ['genpkey', '-algorithm', 'EC', '-pkeyopt', curve, '-out', 'service-accounts.key']);
  await openssl(folder, ['pkey', '-in', 'service-accounts.key', '-pubout', '-out', 'service-accounts.pub']);
}

const curve = 'ec_paramgen_curve:P-256';
const newKey = ['-newkey', 'ec', '-pkeyopt', curve, '-nodes'];
const days = ['-days', '365'];

async function sign(folder: string, name: string, identity: Identity): Promise<void> {
  const subject = `${identity.organization === undefined ? '' : `/O=${identity.organization}`}/CN=${identity.commonName}`;
  const extensions = [
    'extendedKeyUsage=serverAuth,clientAuth',
    ...(identity.alternativeNames === undefined ? [] : [`subjectAltName=${identity.alternativeNames.join(',')}`]),
  ].flatMap((extension) => ['-addext', extension]);
  const signer = ['-CA', 'ca.crt', '-CAkey', 'ca.key'];
  const files = ['-keyout', `${name}.key`, '-out', `${name}.crt`];
  await openssl(folder, ['req', '-x509', ...newKey, ...signer, ...files, '-subj', subject, ...extensions, ...days]);
}

async function openssl(folder: string, args: readonly string[]): Promise<void> {
  await run('openssl', args, { cwd: folder });
}

/** A kubeconfig for one of the identities, with its key in it. @returns its path */
export async function writeKubeconfig(folder: string, identity: string, server: string, file: string): Promise<string> {
  const data = async (name: string) => (await readFile(join(folder, name))).toString('base64');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'luban', cluster: { server, 'certificate-authority-data': await data('ca.crt') } }],
    users: [
      {
        name: identity,
        user: {
          'client-certificate-data': await data(`${identity}.crt`),
          'client-key-data': await data(`${identity}.key`),
        },
      },
    ],
    contexts: [{ name: 'luban', context: { cluster: 'luban', user: identity } }],
    'current-context': 'luban',
  };
  await writeFile(file, JSON.stringify(config), { mode: 0o600 });
  return file;
}
