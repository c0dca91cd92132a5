import { fileURLToPath } from 'node:url';
import type { EditInput } from '@luban-ci/edits';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { type GitServer, gitServer, temporaryFolder } from '@luban-ci/testing';
import { expect } from 'vitest';
import { testUser } from '../settings.fixture.ts';
import type { LandRequest, LandResult } from './land.ts';

/** Milliseconds; twenty processes on a machine that is busy with other tests take their time. */
export const patience = 240_000;
const program = fileURLToPath(new URL('./land-writer.fixture.ts', import.meta.url));
export const folder = 'app/overlays/snd';
export const shared = 'registry.example/shared/app';

export function writerArguments(server: GitServer, request: LandRequest): string[] {
  return ['--disable-warning=ExperimentalWarning', program, server.origin, JSON.stringify(request)];
}

/** The compiled sources are shared by the processes of a test, which halves the time they take to start. */
export async function writer(server: GitServer, request: LandRequest, compiled: string): Promise<LandResult> {
  await using home = await temporaryFolder();
  const result = await runProgram(process.execPath, writerArguments(server, request), {
    cwd: home.path,
    env: { ...plainEnvironment(), TMPDIR: home.path, NODE_COMPILE_CACHE: compiled },
  });
  if (result.exitCode !== 0) throw new Error(result.stderr);
  return JSON.parse(result.stdout) as LandResult;
}

export function setImage(image: string, order: number): EditInput {
  const time = `2026-01-02T03:04:${String(order).padStart(2, '0')}Z`;
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
  const url = await server.create('gitops', { main: { [`${folder}/kustomization.yaml`]: kustomization(count) } });
  await using compiled = await temporaryFolder();
  const numbers = Array.from({ length: count }, (_, at) => at);

  const results = await Promise.all(
    numbers
      .toReversed()
      .map((at) =>
        writer(server, { url, branch: 'main', edits: [editFor(at)], message: `writer ${at}` }, compiled.path),
      ),
  );

  const outcomes = new Map(results.toReversed().map(({ outcome }, at) => [at, outcome]));
  const landed = numbers.filter((at) => outcomes.get(at) === 'landed');
  const subjects = (await server.git('gitops', ['log', '--format=%s', 'main']))
    .split('\n')
    .filter((line) => line.startsWith('writer'));
  const text = await server.git('gitops', ['show', `main:${folder}/kustomization.yaml`]);
  const newest = numbers.filter((at) => at % 4 === 0).at(-1);
  expect(
    numbers.filter((at) => outcomes.get(at) !== 'landed' && (at % 4 !== 0 || outcomes.get(at) !== 'superseded')),
  ).toEqual([]);
  expect(subjects.sort()).toEqual(landed.map((at) => `writer ${at}`).sort());
  expect(text).toContain(`images: # all of them\n- name: ${shared}\n  newTag: v${newest}\n`);
  expect(numbers.filter((at) => at % 4 === 2 && !text.includes(`/app-${at}\n  newTag: v${at}\n`))).toEqual([]);
  expect(numbers.filter((at) => at % 4 === 3 && !text.includes(`appended/app-${at}\n  newTag: v${at}`))).toEqual([]);
  expect(await server.git('gitops', ['fsck', '--strict', '--no-dangling'])).toBe('');
}
