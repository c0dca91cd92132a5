import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { plainEnvironment } from '@luban-ci/process';
import { gitServer, temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { testUser } from '../settings.fixture.ts';
import {
  folder,
  kustomization,
  patience,
  raceOf,
  setImage,
  shared,
  writer,
  writerProgram,
} from './landing-race.fixture.ts';

test(
  'of four processes on one branch every one lands or is superseded, and nothing goes back',
  () => raceOf(4),
  patience,
);

test('a writer that is killed at any moment leaves a branch on which the next one lands', async () => {
  await using server = await gitServer({ user: testUser });
  const url = await server.create('gitops', { main: { [`${folder}/kustomization.yaml`]: kustomization(1) } });
  await using home = await temporaryFolder();
  await using program = await writerProgram();
  const request = { url, branch: 'main', edits: [setImage(shared, 1)], message: 'Deploy' };
  let dying = spawn(process.execPath, []);
  dying.kill('SIGKILL');
  server.setFault(({ isPush }) => {
    if (isPush) dying.kill('SIGKILL');
    return isPush ? { delayMilliseconds: 20 } : undefined;
  });
  dying = spawn(process.execPath, program.arguments(server, request), {
    env: { ...plainEnvironment(), ...program.environment, TMPDIR: home.path },
  });
  await once(dying, 'exit');
  server.setFault(undefined);

  const result = await writer(program, server, request);

  expect(['landed', 'already there']).toContain(result.outcome);
  expect(await server.git('gitops', ['rev-list', '--count', 'main'])).toBe('2\n');
  expect(await server.git('gitops', ['fsck', '--strict', '--no-dangling'])).toBe('');
});
