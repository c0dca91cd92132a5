import { InputError, StepError } from '@luban-ci/core';
import { describe, expect, test } from 'vitest';
import { credentialsFromDockerConfig } from './credentials.ts';

const basic = { kind: 'basic', username: 'ann', password: 'pa:ss' };
const auth = Buffer.from('ann:pa:ss').toString('base64');

describe('a docker configuration', () => {
  test.each([
    ['ghcr.io', 'ghcr.io'],
    ['https://ghcr.io', 'ghcr.io'],
    ['https://ghcr.io/v2/', 'ghcr.io'],
    ['localhost:5000', 'localhost:5000'],
    ['https://index.docker.io/v1/', 'docker.io'],
    ['docker.io', 'docker.io'],
  ])('key %s serves registry %s', (key, registry) => {
    const lookup = credentialsFromDockerConfig(JSON.stringify({ auths: { [key]: { auth } } }));

    expect(lookup(registry)).toEqual(basic);
    expect(lookup('other.example')).toBeUndefined();
    expect(lookup(`evil-${registry}`)).toBeUndefined();
  });

  test.each([
    [{ username: 'ann', password: 'pa:ss' }, basic],
    [{ identitytoken: 'refresh' }, { kind: 'identity-token', token: 'refresh' }],
    [
      { username: '<token>', password: 'refresh' },
      { kind: 'identity-token', token: 'refresh' },
    ],
    [{ registrytoken: 'bearer' }, { kind: 'registry-token', token: 'bearer' }],
    [{}, undefined],
  ])('the entry %j is understood', (entry, expected) => {
    const lookup = credentialsFromDockerConfig(JSON.stringify({ auths: { 'ghcr.io': entry } }));

    expect(lookup('ghcr.io')).toEqual(expected);
  });

  test('a credential helper is named, and said not to be supported', () => {
    const config = { credHelpers: { 'ghcr.io': 'ecr-login' }, credsStore: 'desktop', auths: { 'quay.io': {} } };
    const lookup = credentialsFromDockerConfig(JSON.stringify(config));

    expect(() => lookup('ghcr.io')).toThrow('docker-credential-ecr-login, which is not supported');
    expect(() => lookup('quay.io')).toThrow('docker-credential-desktop');
    expect(lookup('docker.io')).toBeUndefined();
  });

  test('what cannot be read is refused without repeating it', () => {
    expect(() => credentialsFromDockerConfig('{"auths": hunter22')).toThrow(InputError);
    expect(() => credentialsFromDockerConfig('{"auths": hunter22')).not.toThrow(/hunter22/);
    const broken = credentialsFromDockerConfig(JSON.stringify({ auths: { 'ghcr.io': { auth: 'bm9jb2xvbg==' } } }));
    expect(() => broken('ghcr.io')).toThrow(StepError);
  });
});
