import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { plainEnvironment, streamProgram } from '@luban-ci/process';
import { hasProgram, temporaryFolder } from '@luban-ci/testing';
import { describe, test } from 'vitest';
import { type RegistryUnderTest, registryContract } from './registry.contract.ts';

const program = 'docker-registry';

/** The reference implementation as Debian packages it, listening on loopback with its data in a temporary folder. */
async function startDebianRegistry(): Promise<RegistryUnderTest> {
  const folder = await temporaryFolder();
  const registry = `127.0.0.1:${await freePort()}`;
  const config = `version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: ${JSON.stringify(folder.at('data'))}}}
http: {addr: "${registry}"}
`;
  await writeFile(folder.at('config.yml'), config);
  const stop = new AbortController();
  const running = streamProgram(program, ['serve', folder.at('config.yml')], {
    cwd: folder.path,
    env: { ...plainEnvironment(), OTEL_TRACES_EXPORTER: 'none' },
    signal: stop.signal,
  });
  running.stdout.resume();
  running.stderr.resume();
  await untilItAnswers(registry);
  return {
    registry,
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await running.ended.catch(() => {});
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function untilItAnswers(registry: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const response = await fetch(`http://${registry}/v2/`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('docker-registry did not come up');
}

if (hasProgram(program)) registryContract("Debian's docker-registry", startDebianRegistry);
else
  describe("Debian's docker-registry", () =>
    test.skip('is not installed, so the contract was not tried on it', () => {}));
