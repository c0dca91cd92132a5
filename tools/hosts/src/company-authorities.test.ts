import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { fileURLToPath } from 'node:url';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { selfSigned, type TemporaryFolder, temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';

const refs = `${'a'.repeat(40)}\trefs/heads/main\n`;

/** A git server of a company, and its certificate. */
async function companyServer() {
  const { certificate, key } = selfSigned();
  const server = createServer({ cert: certificate, key }, ({ url }, response) => {
    const isRefs = url?.includes('/info/refs') === true;
    response.writeHead(isRefs ? 200 : 404, { 'content-type': 'text/plain' }).end(isRefs ? refs : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `https://127.0.0.1:${port}/repository`,
    certificate,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function visit(url: string, folder: TemporaryFolder, env: Record<string, string>) {
  await mkdir(folder.at('tmp'), { recursive: true });
  const program = fileURLToPath(new URL('visit.fixture.ts', import.meta.url));
  const { GIT_SSL_CAINFO: _git, SSL_CERT_FILE: _all, SSL_CERT_DIR: _dir, ...around } = plainEnvironment();
  const run = await runProgram(process.execPath, ['--disable-warning=ExperimentalWarning', program, '--url', url], {
    cwd: folder.path,
    env: { ...around, TMPDIR: folder.at('tmp'), ...env },
  });
  const outputs: unknown = run.exitCode === 0 ? JSON.parse(run.stdout).outputs : undefined;
  return { exitCode: run.exitCode, outputs, said: run.stderr, left: await readdir(folder.at('tmp')) };
}

test('a company’s authorities are trusted by a step and its git, from a file and from a mounted Secret', async () => {
  await using server = await companyServer();
  await using folder = await temporaryFolder();
  await mkdir(folder.at('secret'));
  await writeFile(folder.at('secret', 'ca.crt'), server.certificate);
  await mkdir(folder.at('empty'));

  const without = await visit(server.url, folder, {});
  const absent = await visit(server.url, folder, { LUBAN_CA_CERT: folder.at('empty') });
  const mounted = await visit(server.url, folder, { LUBAN_CA_CERT: folder.at('secret') });
  const file = await visit(server.url, folder, { LUBAN_CA_CERT: folder.at('secret', 'ca.crt') });

  const stranger = { exitCode: 0, outputs: { byItself: 'not trusted', byGit: 'not trusted' }, left: [] };
  const known = { exitCode: 0, outputs: { byItself: refs, byGit: refs }, left: [] };
  expect([without, absent]).toMatchObject([stranger, stranger]);
  expect([mounted, file]).toMatchObject([known, known]);
});

test('a path where nothing is, and a file without certificates, are refused', async () => {
  await using folder = await temporaryFolder();
  await writeFile(folder.at('ca.crt'), 'no certificate\n');

  const nowhere = await visit('https://127.0.0.1:9', folder, { LUBAN_CA_CERT: folder.at('nowhere') });
  const noCertificate = await visit('https://127.0.0.1:9', folder, { LUBAN_CA_CERT: folder.at('ca.crt') });

  expect([nowhere.exitCode, noCertificate.exitCode]).toEqual([2, 2]);
  expect(nowhere.said).toContain('which is not there');
  expect(noCertificate.said).toContain('holds no certificates');
});
