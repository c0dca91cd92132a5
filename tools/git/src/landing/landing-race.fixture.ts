import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EditInput } from '@luban-ci/edits';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { type GitServer, gitServer, temporaryFolder } from '@luban-ci/testing';
import { rolldown } from 'rolldown';
import { expect } from 'vitest';
import { testUser } from '../settings.fixture.ts';
import type { LandRequest, LandResult } from './land.ts';

/** Milliseconds; twenty processes on a machine that is busy with other tests take their time. */
export const patience = 240_000;
const source = fileURLToPath(new URL('./land-writer.fixture.ts', import.meta.url));
export const folder = 'app/overlays/snd';
export const shared = 'registry.example/shared/app';

/** The writer's program, bundled and with its compiled code kept: a hundred processes that start at once start sooner. */
export interface WriterProgram extends AsyncDisposable {
  arguments(server: GitServer, request: LandRequest): string[];
  environment: Record<string, string>;
  /** Gone at the end; what killed processes leave behind is gone with it. */
  folder: string;
}

export async function writerProgram(): Promise<WriterProgram> {
  const folder = await temporaryFolder();
  const file = folder.at('writer.mjs');
  await using bundle = await rolldown({ input: source, platform: 'node' });
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  return {
    arguments: (server, request) => [file, server.origin, JSON.stringify(request)],
    environment: { NODE_COMPILE_CACHE: folder.at('compiled') },
    folder: folder.path,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

export async function writer(program: WriterProgram, server: GitServer, request: LandRequest): Promise<LandResult> {
  await using home = await temporaryFolder();
  const result = await runProgram(process.execPath, program.arguments(server, request), {
    cwd: home.path,
    env: { ...plainEnvironment(), ...program.environment, TMPDIR: home.path },
  });
  if (result.exitCode !== 0) throw new Error(result.stderr);
  return JSON.parse(result.stdout) as LandResult;
}

export function setImage(image: string, order: number): EditInput {
  const time = new Date(Date.parse('2026-01-02T03:04:00Z') + order * 1000).toISOString();
  const provenance = { key: `key-${order}`, at: time, order: time, sourceCommit: `${order}`.padStart(40, '0') };
  return { kind: 'kustomize-set-image', version: 1, folder, image, to: { tag: `v${order}` }, provenance };
}

/** In turn: a file of its own, an entry that is listed, an entry to append, and an image that others set as well. */
function editFor(at: number): EditInput {
  const kinds: (() => EditInput)[] = [
    () => setImage(shared, at),
    () => ({ kind: 'write-file', version: 1, path: `files/${at}`, expected: null, content: { text: `${at}` } }),
    () => setImage(`registry.example/listed/app-${at}`, at),
    () => setImage(`registry.example/appended/app-${at}`, at),
  ];
  return (kinds[at % kinds.length] as () => EditInput)();
}

export function kustomization(count: number): string {
  const listed = Array.from({ length: count }, (_, at) => `- name: registry.example/listed/app-${at}\n  newTag: v0\n`);
  return `images: # all of them\n- name: ${shared}\n  newTag: v0\n${listed.join('')}`;
}

/** So many processes write to one branch at the same time: every one lands or is superseded, and nothing goes back. */
export async function raceOf(count: number): Promise<void> {
  await using server = await gitServer({ user: testUser });
  await using program = await writerProgram();
  const numbers = Array.from({ length: count }, (_, at) => at);
  const url = await startingAt(server, count);

  const results = await Promise.all(numbers.toReversed().map((at) => writer(program, server, requestOf(at, url))));

  const outcomes = new Map(results.toReversed().map(({ outcome }, at) => [at, outcome]));
  const landed = numbers.filter((at) => outcomes.get(at) === 'landed');
  expect(
    numbers.filter((at) => outcomes.get(at) !== 'landed' && (at % 4 !== 0 || outcomes.get(at) !== 'superseded')),
  ).toEqual([]);
  expect((await subjectsOf(server)).sort()).toEqual(landed.map((at) => `writer ${at}`).sort());
  await expectWhole(server, numbers);
}

/** So many processes set the same image, the newest build first: it is what remains, and who comes later is told so. */
export async function sameImageRace(count: number): Promise<void> {
  await using server = await gitServer({ user: testUser });
  await using program = await writerProgram();
  const numbers = Array.from({ length: count }, (_, at) => at);
  const url = await startingAt(server, 1);

  const results = await Promise.all(
    numbers.toReversed().map((at) => writer(program, server, { ...requestOf(at, url), edits: [setImage(shared, at)] })),
  );

  const outcomes = new Set(results.map(({ outcome }) => outcome));
  const landed = results.filter(({ outcome }) => outcome === 'landed').length;
  const text = await server.git('gitops', ['show', `main:${folder}/kustomization.yaml`]);
  expect([...outcomes].filter((each) => each !== 'landed' && each !== 'superseded')).toEqual([]);
  expect((await subjectsOf(server)).length).toBe(landed);
  expect(text).toContain(`- name: ${shared}\n  newTag: v${count - 1}\n`);
  expect(await server.git('gitops', ['for-each-ref', '--format=%(refname)'])).toBe('refs/heads/main\n');
}

/**
 * The same on a line that delays, breaks and lies, with processes that are killed at random moments and started again,
 * as a workflow does it: in the end every one is there exactly once, or was told that it is superseded.
 */
export async function raceUnderFire(count: number, random: () => number): Promise<void> {
  await using server = await gitServer({ user: testUser });
  await using program = await writerProgram();
  const numbers = Array.from({ length: count }, (_, at) => at);
  const url = await startingAt(server, count);
  server.setFault(() => {
    const dice = random();
    if (dice < 0.02) return { reset: 'before' };
    if (dice < 0.04) return { reset: 'after' };
    if (dice < 0.06) return { lie: 502 };
    if (dice < 0.07) return { status: 503 };
    return dice < 0.4 ? { delayMilliseconds: random() * 100 } : undefined;
  });

  const results = await Promise.all(
    numbers.map((at) => untilDone(() => doomedWriter(program, server, requestOf(at, url), random))),
  );

  const subjects = await subjectsOf(server);
  const superseded = numbers.filter((at) => results[at]?.outcome === 'superseded');
  const twice = subjects.filter((subject, at) => subjects.indexOf(subject) !== at);
  const absent = numbers.filter((at) => !subjects.includes(`writer ${at}`) && !superseded.includes(at));
  expect({ twice, absent, foreign: superseded.filter((at) => at % 4 !== 0) }).toEqual({
    twice: [],
    absent: [],
    foreign: [],
  });
  await landNext(program, server, url);
  await expectWhole(server, numbers);
}

/** What a dead writer has left, whoever lands next takes away. */
async function landNext(program: WriterProgram, server: GitServer, url: string): Promise<void> {
  server.setFault(undefined);
  const edit: EditInput = { kind: 'write-file', version: 1, path: 'next', expected: null, content: { text: 'next' } };
  await writer(program, server, { url, branch: 'main', edits: [edit], message: 'whoever lands next' });
}

function requestOf(at: number, url: string): LandRequest {
  return { url, branch: 'main', edits: [editFor(at)], message: `writer ${at}`, deadlineSeconds: 600 };
}

function startingAt(server: GitServer, count: number): Promise<string> {
  return server.create('gitops', { main: { [`${folder}/kustomization.yaml`]: kustomization(count) } });
}

async function subjectsOf(server: GitServer): Promise<string[]> {
  const subjects = (await server.git('gitops', ['log', '--format=%s', 'main'])).split('\n');
  return subjects.filter((line) => line.startsWith('writer'));
}

/** Everybody's value is in the file, of the shared image the newest, the repository is sound, and nobody waits any more. */
async function expectWhole(server: GitServer, numbers: readonly number[]): Promise<void> {
  const text = await server.git('gitops', ['show', `main:${folder}/kustomization.yaml`]);
  const newest = numbers.filter((at) => at % 4 === 0).at(-1);
  expect(text).toContain(`images: # all of them\n- name: ${shared}\n  newTag: v${newest}\n`);
  expect(numbers.filter((at) => at % 4 === 2 && !text.includes(`/app-${at}\n  newTag: v${at}\n`))).toEqual([]);
  expect(numbers.filter((at) => at % 4 === 3 && !text.includes(`appended/app-${at}\n  newTag: v${at}`))).toEqual([]);
  expect(await server.git('gitops', ['fsck', '--strict', '--no-dangling'])).toBe('');
  expect(await server.git('gitops', ['for-each-ref', '--format=%(refname)'])).toBe('refs/heads/main\n');
}

/** A writer that, more often than not, is killed before it is done. @returns `undefined` when it was, or failed for now */
async function doomedWriter(
  program: WriterProgram,
  server: GitServer,
  request: LandRequest,
  random: () => number,
): Promise<LandResult | undefined> {
  const home = await mkdtemp(join(program.folder, 'life-'));
  const child = spawn(process.execPath, program.arguments(server, request), {
    env: { ...plainEnvironment(), ...program.environment, TMPDIR: home },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const killing =
    random() < 0.3 ? setTimeout(() => child.kill('SIGKILL'), random() * mostMillisecondsToLive) : undefined;
  const output = (await Array.fromAsync(child.stdout as AsyncIterable<Buffer>)).join('');
  clearTimeout(killing);
  return child.exitCode === 0 || output !== '' ? (JSON.parse(output) as LandResult) : undefined;
}

const mostMillisecondsToLive = 30_000;
const mostLives = 20;

async function untilDone(run: () => Promise<LandResult | undefined>): Promise<LandResult> {
  for (let life = 0; life < mostLives; life += 1) {
    const result = await run();
    if (result !== undefined) return result;
  }
  throw new Error(`not done after ${mostLives} lives`);
}

/** The same numbers for the same seed: mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
