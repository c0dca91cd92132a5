import { describe, expect, it } from 'vitest';
import { expandReferences } from './container-environment.ts';
import { findImageMapping, programFor, readImageFlag } from './image-mapping.ts';
import { mapPath, mapPaths } from './path-mapping.ts';

const mapping = new Map([
  ['/tmp', '/run/n/tmp'],
  ['/tmp/deep', '/run/n/deep'],
]);

describe('paths', () => {
  it.each([
    ['/tmp', '/run/n/tmp'],
    ['--out=/tmp/luban/x', '--out=/run/n/tmp/luban/x'],
    ['/tmp/deep/x:/tmp/y', '/run/n/deep/x:/run/n/tmp/y'],
    ['"/tmp"', '"/run/n/tmp"'],
    ['/tmpfile /var/tmp http://host/tmp /tmp-x', '/tmpfile /var/tmp http://host/tmp /tmp-x'],
  ])('in %s become %s', (text, expected) => {
    expect(mapPaths(text, mapping)).toBe(expected);
  });

  it('are found below what is mapped, and nowhere else', () => {
    expect(mapPath('/tmp/deep/a', mapping)).toBe('/run/n/deep/a');
    expect(mapPath('/etc/passwd', mapping)).toBeUndefined();
    expect(mapPath('/tmp/../etc/passwd', mapping)).toBeUndefined();
  });
});

describe('images', () => {
  it('are found by the end of their repository', () => {
    const images = [readImageFlag('gitops-utils=/usr/bin/luban'), readImageFlag('busybox=host')];

    expect(findImageMapping('quay.test:5000/luban/gitops-utils:1@sha256:ab', images)).toBe(images[0]);
    expect(findImageMapping('busybox', images)).toBe(images[1]);
    expect(findImageMapping('not-busybox:1', images)).toBeUndefined();
  });

  it('of a program run it with the arguments, and refuse a command that nobody mapped', () => {
    const luban = readImageFlag('gitops-utils=/usr/bin/luban');

    expect(programFor(luban, 'gitops-utils', [], ['promote'])).toEqual({
      program: '/usr/bin/luban',
      args: ['promote'],
    });
    expect(() => programFor(luban, 'gitops-utils', ['sh'], [])).toThrow('the command sh of gitops-utils is not mapped');
    expect(() => programFor({ repository: 'x', host: true }, 'x', [], [])).toThrow('has no command');
    expect(() => readImageFlag('busybox')).toThrow('--image wants <image>=host or <image>=<program>');
  });
});

it('references to variables are expanded as the kubelet does', () => {
  const values = { A: '1', B: '$(A)' };

  expect(expandReferences('$(A) $(B) $(C) $$(A) $A $(touch x)', values)).toBe('1 $(A) $(C) $(A) $A $(touch x)');
});
