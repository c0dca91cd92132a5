import { readFile } from 'node:fs/promises';
import { readTree, temporaryFolder, writeTree } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { luban, startLuban } from './testing/luban-process.ts';

const template = `apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: { name: greet-template }
spec:
  entrypoint: greet
  arguments: { parameters: [{ name: whom }] }
  templates:
    - name: greet
      outputs: { parameters: [{ name: said, valueFrom: { path: /tmp/said } }] }
      container:
        image: docker.io/library/busybox:1.37
        command: [sh, -c, 'echo "hello $WHOM" > /tmp/said; cat /tmp/said']
        env: [{ name: WHOM, value: '{{workflow.parameters.whom}}' }]
`;

/** A Workflow as a file, of one pod that waits for somebody first. */
function workflowFile(steps: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: own- }
spec:
  entrypoint: main
  templates:
    - name: main
      steps: ${steps}
    - { name: wait, suspend: {} }
    - name: say
      container: { image: busybox, command: [echo, hello] }
`;
}

describe('luban run', () => {
  test('runs a template by its name and by --from, and gives nodes and outputs as JSON', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, { 'workflows/greet.yaml': template });
    const rest = ['-p', 'whom=you & `me`=$(us)', '--image', 'busybox=host', '-n', 'payment'];

    const byName = await luban({ args: ['run', 'greet-template', ...rest], cwd: folder.path });
    const byFrom = await luban({
      args: ['run', '--from', 'workflowtemplate/greet-template', ...rest],
      cwd: folder.path,
    });

    expect([byName.exitCode, byFrom.exitCode]).toEqual([0, 0]);
    for (const { stdout } of [byName, byFrom]) {
      expect(JSON.parse(stdout)).toEqual({
        name: expect.stringMatching(/^greet-template-\w{5}$/),
        namespace: 'payment',
        phase: 'Succeeded',
        nodes: [
          {
            name: expect.any(String),
            type: 'Pod',
            phase: 'Succeeded',
            outputs: { said: 'hello you & `me`=$(us)' },
          },
        ],
      });
    }
    expect(byName.stderr).toMatch(/ \| hello you & `me`=\$\(us\)\n/);
    expect(byName.stderr).not.toContain('\u001b[');
  });

  test('refuses what it cannot run by name, before anything runs', async () => {
    await using folder = await temporaryFolder();
    const artifact = template.replace('outputs:', 'daemon: true\n      outputs:');
    await writeTree(folder.path, { 'workflows/greet.yaml': template, 'own/greet.yaml': artifact });
    const run = async (...args: string[]) => {
      const { exitCode, stdout, stderr } = await luban({ args: ['run', ...args], cwd: folder.path });
      return [exitCode, stdout, stderr.replaceAll(folder.path, '')];
    };
    const mapped = ['--image', 'busybox=host'];

    const refused = [
      await run(),
      await run('greet-templat', ...mapped),
      await run('greet-template', '-p', 'who=you', ...mapped),
      await run('greet-template', '-p', 'whom=you'),
      await run('greet-template', '--templates', 'own', '-p', 'whom=you', ...mapped),
      await run('own/missing.yaml'),
    ];

    expect(refused.map(([code, out]) => [code, out])).toEqual(refused.map(() => [2, '']));
    expect(refused.map(([, , err]) => err)).toEqual([
      '✗ luban run wants the name of a template, or a file with a Workflow\n',
      '✗ there is no workflowtemplate called greet-templat in luban-ci\n  → Did you mean greet-template?\n',
      '✗ parameters that the workflow does not have\n    who  did you mean whom?\n',
      expect.stringContaining('image  no program of this machine is mapped to docker.io/library/busybox:1.37'),
      expect.stringContaining('spec.templates[greet].daemon  is not supported on this machine'),
      '✗ /own/missing.yaml does not exist\n',
    ]);
    expect(Object.keys(await readTree(folder.at('.luban'))).filter((path) => path.includes('said'))).toEqual([]);
  });

  test('lets a line resume a node that waits for somebody, and says how else to', async () => {
    await using folder = await temporaryFolder();
    const steps = '[[{ name: ask, template: wait }], [{ name: say, template: say }]]';
    await writeTree(folder.path, { 'own.yaml': workflowFile(steps) });

    const done = await luban({ args: ['run', 'own.yaml', '--image', 'busybox=host'], cwd: folder.path, input: '\n' });

    expect([done.exitCode, JSON.parse(done.stdout).phase]).toEqual([0, 'Succeeded']);
    expect(done.stderr).toMatch(
      /› own-\w{5}\[0\]\.ask waits for somebody\. Press Enter to resume, or:\n {2}curl -sS -o \/dev\/null -X PATCH -H @\S+\/authorization -d '\{"spec":\{"suspend":false\}\}' http:\S+\/own-\w{5}\n/,
    );
  });

  test('lets the API resume a whole workflow that waits, with the header in the file that it names', async () => {
    await using folder = await temporaryFolder();
    const file = workflowFile('[[{ name: say, template: say }]]').replace('spec:', 'spec:\n  suspend: true');
    await writeTree(folder.path, { 'own.yaml': file });
    await using run = startLuban({ args: ['run', 'own.yaml', '--image', 'busybox=host'], cwd: folder.path });
    await run.until(/waits for somebody[\s\S]*http.*\n/);
    const [, headerFile = '', url = ''] = /-H @(\S+) .* (http\S+)\n/.exec(run.said()) ?? [];
    const [name = '', value = ''] = (await readFile(headerFile, 'utf8')).trim().split(': ');

    const answered = await fetch(url, {
      method: 'PATCH',
      headers: { [name]: value },
      body: '{"spec":{"suspend":false}}',
    });

    expect([answered.status, await run.ended]).toEqual([200, 0]);
    expect(run.said()).not.toContain(value);
  });

  test('ends what runs when it is stopped, and may be run again', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, { 'own.yaml': workflowFile('[[{ name: ask, template: wait }]]') });
    await using run = startLuban({ args: ['run', 'own.yaml', '--image', 'busybox=host'], cwd: folder.path });
    await run.until(/waits for somebody/);

    run.kill('SIGTERM');

    expect(await run.ended).toBe(75);
    expect(run.said()).toContain('✗ stopped by SIGTERM\n');
    expect(run.said()).toContain('"phase": "Failed"');
  });
});
