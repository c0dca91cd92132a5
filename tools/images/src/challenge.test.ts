import { describe, expect, test } from 'vitest';
import { parseChallenges } from './challenge.ts';

describe('WWW-Authenticate', () => {
  test.each([
    [
      'Bearer realm="https://auth.example/token",service="r",scope="repository:a/b:pull,push"',
      [
        {
          scheme: 'bearer',
          parameters: { realm: 'https://auth.example/token', service: 'r', scope: 'repository:a/b:pull,push' },
        },
      ],
    ],
    ['Basic realm="a \\"b\\""', [{ scheme: 'basic', parameters: { realm: 'a "b"' } }]],
    [
      'Basic realm=x, Bearer realm="y", error=invalid_token',
      [
        { scheme: 'basic', parameters: { realm: 'x' } },
        { scheme: 'bearer', parameters: { realm: 'y', error: 'invalid_token' } },
      ],
    ],
    ['Negotiate', [{ scheme: 'negotiate', parameters: {} }]],
    ['', []],
  ])('%s is read', (header, expected) => {
    expect(parseChallenges(header)).toEqual(expected);
  });
});
