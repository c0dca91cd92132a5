import { parseLubanConfig } from '@luban-ci/conventions';
import { expect, test } from 'vitest';
import { wantedSecrets } from './wanted-secrets.ts';

function wanted(values: Record<string, string>, files: Record<string, string> = {}, config = {}) {
  const given = { values: new Map(Object.entries(values)), files: new Map(Object.entries(files)) };
  const { secrets, issues } = wantedSecrets(given, parseLubanConfig(config), 'luban-ci');
  const told = secrets.map(({ metadata, type, data }) => {
    const clear = Object.entries(Object(data)).map(([key, value]) => [
      key,
      Buffer.from(String(value), 'base64').toString(),
    ]);
    return [`${metadata.namespace}/${metadata.name}`, { type, ...Object.fromEntries(clear) }];
  });
  return { secrets: Object.fromEntries(told), issues };
}

test('registries get logins, and only what is given is asked for', () => {
  const { secrets, issues } = wanted({
    HARBOR_SERVER: 'harbor.example.com',
    HARBOR_USERNAME: 'admin',
    HARBOR_PASSWORD: 'Harbor$12345',
    HARBOR_RO_USERNAME: 'robot$luban-ro',
    HARBOR_RO_PASSWORD: 'x"y\\z',
  });

  const login = (username: string, password: string) =>
    JSON.stringify({
      auths: {
        'harbor.example.com': { username, password, auth: Buffer.from(`${username}:${password}`).toString('base64') },
      },
    });
  const type = 'kubernetes.io/dockerconfigjson';
  expect(issues).toEqual([]);
  expect(secrets).toEqual({
    'luban-ci/harbor-creds': { type, '.dockerconfigjson': login('admin', 'Harbor$12345') },
    'luban-ci/harbor-api-creds': {
      type: 'Opaque',
      HARBOR_SERVER: 'harbor.example.com',
      HARBOR_USERNAME: 'admin',
      HARBOR_PASSWORD: 'Harbor$12345',
    },
    'luban-ci/harbor-ro-creds': { type, '.dockerconfigjson': login('robot$luban-ro', 'x"y\\z') },
  });
});

test('a forge’s login goes to the steps, and to Argo CD where its organisation is known', () => {
  const { secrets } = wanted(
    { GITHUB_USERNAME: 'ada', GITHUB_TOKEN: 'ghp_1', GITHUB_ORGANIZATION: 'metasync', ADO_DEVOPS_TOKEN: 'pat' },
    {},
    { argocd_namespace: 'gitops' },
  );

  expect(secrets).toEqual({
    'luban-ci/github-creds': { type: 'Opaque', username: 'ada', token: 'ghp_1' },
    'gitops/argocd-repo-creds-github': {
      ...{ type: 'git', url: 'https://github.com/metasync' },
      ...{ username: 'ada', password: 'ghp_1' },
    },
    'luban-ci/ado-creds': { type: 'Opaque', username: 'git', token: 'pat' },
  });
});

test('keys, mirrors and a certificate come from files beside', () => {
  const { secrets, issues } = wanted(
    { UV_PYTHON_MIRROR_HOST: 'py.example.com', UV_PYTHON_MIRROR_USERNAME: 'u', UV_PYTHON_MIRROR_PASSWORD: 'p' },
    { azure_id_rsa: 'KEY\n', known_hosts: 'ssh.dev.azure.com ssh-rsa AAAA\n', 'ca.crt': 'CERTIFICATE\n' },
  );

  expect(issues).toEqual([]);
  expect(Object.keys(secrets)).toEqual([
    'luban-ci/azure-ssh-creds',
    'luban-ci/uv-mirror-netrc',
    'luban-ci/luban-ca-cert',
  ]);
  expect(secrets['luban-ci/uv-mirror-netrc']['netrc']).toBe('machine py.example.com login u password p\n');
});

test('half of a login, and a key that nobody understands, are named', () => {
  expect(wanted({ QUAY_USERNAME: 'org+robot', QUAI_PASSWORD: 'x' })).toEqual({
    secrets: {},
    issues: [
      { field: 'QUAI_PASSWORD', expected: 'is not understood' },
      { field: 'QUAY_PASSWORD', expected: 'required beside QUAY_USERNAME' },
    ],
  });
});
