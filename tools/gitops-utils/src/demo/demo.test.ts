import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseRecord } from '@luban-ci/edits';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { type TemporaryFolder, temporaryFolder } from '@luban-ci/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { luban, startLuban } from '../testing/luban-process.ts';

/** Milliseconds; two cores need half a minute when nothing else runs. */
const patience = 300_000;
const commit = expect.stringMatching(/^[0-9a-f]{40}$/);
const digest = expect.stringMatching(/^sha256:[0-9a-f]{64}$/);

describe('luban demo', { timeout: patience }, () => {
  let folder: TemporaryFolder;
  let exitCode: number;
  let story: string;
  let token: string;
  let holders: string[];
  let result: Record<string, unknown>;
  const inDemo = (...path: string[]): string => folder.at('.luban/demo', ...path);
  const git = async (repository: string, ...args: string[]): Promise<string> => {
    const cwd = inDemo('repositories/metasync', `${repository}.git`);
    const ended = await runProgram('git', args, { cwd, env: plainEnvironment() });
    return `${ended.stdout}${ended.stderr}`.trimEnd();
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    await using killed = startLuban({ args: ['demo'], cwd: folder.path });
    await killed.until(/✓ harbor-project/);
    killed.kill('SIGKILL');
    await killed.ended;

    const ended = await luban({ args: ['demo'], cwd: folder.path, env: { KEEP: '1' } });

    exitCode = ended.exitCode;
    story = ended.stdout + ended.stderr;
    const status = JSON.parse(
      (await luban({ args: ['playground', 'status', '.luban/demo'], cwd: folder.path })).stdout,
    );
    token = status.token;
    holders = await filesThatHold(inDemo(), token);
    result = JSON.parse(await readFile(inDemo('result.json'), 'utf8'));
  }, patience);
  afterAll(async () => {
    await luban({ args: ['playground', 'down', '.luban/demo'], cwd: folder.path });
    await folder[Symbol.asyncDispose]();
  }, patience);

  test('after one that was killed half-way begins anew, ends well and writes what it came to', () => {
    expect([exitCode, story]).toEqual([0, expect.stringContaining('pods of the shipped workflows')]);
    expect(result).toEqual({
      image: expect.stringMatching(/^127\.0\.0\.1:\d+\/payment\/cart-service:1\.0\.0$/),
      digest,
      sourceCommit: commit,
      sandboxCommit: commit,
      promotionUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/metasync\/cart-service-gitops\/pulls\/1$/),
      productionCommit: commit,
      seconds: expect.any(Number),
      nodes: 27,
    });
    expect(story).not.toContain('\u001b[');
  });

  test('changes one line of the user’s files with each deployment; the first also drops the placeholder', async () => {
    const changes = await git(
      'cart-service-gitops',
      'log',
      '--reverse',
      '--format=%s',
      '--numstat',
      'main~..develop',
      '--',
      'app',
      ':!**/.luban',
    );

    expect(changes.split('\n').filter((line) => line !== '')).toEqual([
      expect.stringMatching(/^Deploy cart-service [0-9a-f]{40} to snd$/),
      '1\t2\tapp/overlays/snd/kustomization.yaml',
      `Deploy cart-service ${result['sourceCommit']} to snd`,
      '1\t1\tapp/overlays/snd/kustomization.yaml',
      'Deploy cart-service 1.0.0 to snd',
      '1\t1\tapp/overlays/snd/kustomization.yaml',
    ]);
  });

  test('records in the sandbox and in production the same digest of the commit that was tagged', async () => {
    const record = async (at: string) =>
      Object.values(parseRecord(await git('cart-service-gitops', 'show', at), at).images);
    const facts = { sourceCommit: result['sourceCommit'], tag: '1.0.0', digest: result['digest'] };
    const trailers = (await git('cart-service-gitops', 'log', '-1', '--format=%(trailers:unfold)', 'main^2')).split(
      '\n',
    );

    expect(await record('develop:app/overlays/snd/.luban')).toEqual([expect.objectContaining(facts)]);
    expect(await record('main:app/overlays/prd/.luban')).toEqual([
      expect.objectContaining({ ...facts, promotedFrom: 'snd', requestedBy: 'ada@example.com' }),
    ]);
    expect(await git('cart-service-gitops', 'show', 'main:app/overlays/prd/kustomization.yaml')).toContain(
      `    newTag: "1.0.0"\n    digest: ${result['digest']}`,
    );
    expect(trailers).toEqual(
      expect.arrayContaining([
        `Luban-Image: ${result['image']}@${result['digest']}`,
        `Luban-Source-Commit: ${result['sourceCommit']}`,
        'Luban-Promoted-From: snd',
        'Luban-Requested-By: ada@example.com',
      ]),
    );
  });

  test('leaves repositories that are whole, at the commits it names', async () => {
    expect(await git('cart-service-gitops', 'fsck', '--strict')).toBe('');
    expect(await git('cart-service', 'fsck', '--strict')).toBe('');
    expect(await git('cart-service-gitops', 'rev-parse', 'develop', 'main')).toBe(
      `${result['sandboxCommit']}\n${result['productionCommit']}`,
    );
    expect(await git('cart-service', 'rev-parse', 'main', 'v1.0.0^{}')).toBe(
      `${result['sourceCommit']}\n${result['sourceCommit']}`,
    );
  });

  test('with KEEP=1 stays up, is taken down by hand, and leaves no token and no process', async () => {
    const page = await fetch(String(result['promotionUrl']));

    const down = await luban({ args: ['playground', 'down', '.luban/demo'], cwd: folder.path });

    expect(page.status).toBe(200);
    expect(holders).toEqual(['kubeconfig 600', 'playground.json 600']);
    expect(JSON.parse(down.stdout)).toEqual({ changed: true });
    expect(story).not.toContain(token);
    expect(await filesThatHold(inDemo(), token)).toEqual([]);
    expect(await programsNaming(folder.path)).toEqual([]);
  });
});

/** Files below a folder that hold a text, as it is or in base64, with their permissions. */
async function filesThatHold(folder: string, text: string): Promise<string[]> {
  const forms = [text, Buffer.from(`luban:${text}`).toString('base64'), Buffer.from(`x:${text}`).toString('base64')];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path, 'latin1');
    const { mode } = await stat(path);
    if (forms.some((form) => content.includes(form)))
      found.push(`${path.slice(folder.length + 1)} ${(mode & 0o777).toString(8)}`);
  }
  return found.sort();
}

/** Command lines of running programs that name a folder; empty where the system does not tell (outside Linux). */
async function programsNaming(folder: string): Promise<string[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'latin1').catch(() => '')));
  return lines.filter((line) => line.includes(folder));
}
