import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from './repository-folders.ts';

const dockerfile = await readFile(join(repositoryRoot, 'tools/gitops-utils/Dockerfile'), 'utf8');
const instructions = dockerfile
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => /^[A-Z]+ /.test(line))
  .map((line) => line.replaceAll(/\s+/g, ' '));

function all(keyword: string): string[] {
  return instructions.filter((line) => line.startsWith(`${keyword} `)).map((line) => line.slice(keyword.length + 1));
}

test('every base is pinned by digest, and is the Node that package.json pins', async () => {
  const manifest: { devDependencies: { node: string } } = JSON.parse(
    await readFile(join(repositoryRoot, 'package.json'), 'utf8'),
  );

  const bases = all('FROM').map((line) => /^(?<tag>[^@ ]+)@sha256:[0-9a-f]{64}$/.exec(line)?.groups?.['tag']);

  expect(bases).toEqual([`node:${manifest.devDependencies.node}-trixie-slim`]);
});

test('it runs as nobody special, starts luban, and trusts the system’s certificates', () => {
  expect(all('USER').at(-1)).toBe('1000:1000');
  expect(all('ENTRYPOINT')).toEqual(['["luban"]']);
  expect(all('ENV').join(' ')).toContain('NODE_OPTIONS=--use-system-ca');
  expect(all('RUN')[0]).toMatch(/apt-get install --yes --no-install-recommends ca-certificates git /);
});

test('nothing comes from an address, and nothing is switched off', () => {
  expect(all('ADD')).toEqual([]);
  expect(dockerfile).not.toMatch(/curl|wget|--insecure|NODE_TLS_REJECT_UNAUTHORIZED|--allow-unauthenticated/);
});

test('it takes from the repository only what the build context lets through', async () => {
  const ignored = await readFile(join(repositoryRoot, '.dockerignore'), 'utf8');
  const passed = [...ignored.matchAll(/^!(?<path>.+)$/gm)].map(({ groups }) => groups?.['path'] ?? '');

  const taken = all('COPY').map((line) =>
    line
      .replace(/^--\S+ /, '')
      .split(' ')[0]
      ?.replace(/\/$/, ''),
  );

  expect(taken.sort()).toEqual(passed.sort());
  expect(ignored.split('\n')[1]).toBe('*');
});
