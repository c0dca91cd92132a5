import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InputError, type StepContext, silentLog, systemClock } from '@luban-ci/core';
import { temporaryFolder, writeTree } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { openRegistry } from './open-registry.ts';

const ctx: StepContext = {
  workspace: '/',
  temporaryFolder: '/',
  log: silentLog,
  signal: new AbortController().signal,
  dryRun: false,
  clock: systemClock,
  run: {},
};

/** A registry that wants a login, and remembers what it was shown. */
async function registry(): Promise<{ host: string; shown: (string | undefined)[] } & AsyncDisposable> {
  const shown: (string | undefined)[] = [];
  const server: Server = createServer((request, response) => {
    shown.push(request.headers.authorization);
    response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, shown, [Symbol.asyncDispose]: async () => void server.close() };
}

test('a password goes to the registry it is for, and to no other', async () => {
  await using own = await registry();
  await using other = await registry();
  const access = { registryServer: own.host, registryUsername: 'bot', registryPassword: 'p4ssword' };
  const client = await openRegistry(access, ctx);

  for (const { host } of [own, other]) await client.resolve({ registry: host, path: 'a/b', tag: 'x' }).catch(() => {});

  expect(own.shown).toContain(`Basic ${btoa('bot:p4ssword')}`);
  expect(other.shown.every((header) => header === undefined)).toBe(true);
});

test('a password that could be for any registry is refused', async () => {
  await expect(openRegistry({ registryUsername: 'bot', registryPassword: 'p4ssword' }, ctx)).rejects.toBeInstanceOf(
    InputError,
  );
});

test('half a login is refused, instead of being nobody', async () => {
  await expect(openRegistry({ registryUsername: 'bot' }, ctx)).rejects.toThrow('go together');
  await expect(openRegistry({ registryPassword: 'p4ssword' }, ctx)).rejects.toThrow('go together');
});

test('a mounted Secret that is not there is an empty folder, and means anonymous; a wrong path is refused', async () => {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, { 'absent/..data/.keep': '', 'present/.dockerconfigjson': '{"auths":{}}' });

  await expect(openRegistry({ dockerConfig: folder.at('absent') }, ctx)).resolves.toBeDefined();
  await expect(openRegistry({ dockerConfig: folder.at('present') }, ctx)).resolves.toBeDefined();
  await expect(openRegistry({ dockerConfig: folder.at('nowhere') }, ctx)).rejects.toThrow(
    'There is no docker configuration',
  );
});
