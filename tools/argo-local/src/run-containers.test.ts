import { describe, expect, it } from 'vitest';
import { outcomeOf, shell, start, testMachine } from './local-machine.fixture.ts';
import { emptyCatalog } from './model/catalog.ts';

const catalog = {
  ...emptyCatalog,
  configMaps: [{ name: 'luban-config', data: { registry: 'quay.test', 'app.yaml': 'a: 1' } }],
  secrets: [{ name: 'github-creds', data: { token: 'gh-s3cret' } }],
};

describe('containers', () => {
  it('get the environment and files their spec says, and nothing else of this machine', async () => {
    await using machine = await testMachine({
      catalog,
      environment: { PATH: process.env['PATH'], GITHUB_TOKEN: 'leak' },
    });
    const spec = `
entrypoint: show
volumes: [{ name: config, configMap: { name: luban-config, items: [{ key: app.yaml, path: sub/app.yaml }] } }]
templates:
  - name: show
    outputs: { parameters: [{ name: out, valueFrom: { path: /out/env } }] }
    container:
      image: quay.test/tools/sh:1@sha256:abc
      command: [sh, -c]
      args: ['echo "$REGISTRY $TOKEN $UNSET-$POD $CFG_registry $GITHUB_TOKEN $(cat /etc/config/sub/app.yaml) $GREETING" > /out/env; cat /out/env']
      volumeMounts: [{ name: config, mountPath: /etc/config }]
      envFrom: [{ prefix: CFG_, configMapRef: { name: luban-config } }]
      env:
        - { name: REGISTRY, valueFrom: { configMapKeyRef: { name: luban-config, key: registry } } }
        - { name: TOKEN, valueFrom: { secretKeyRef: { name: github-creds, key: token } } }
        - { name: UNSET, valueFrom: { secretKeyRef: { name: nobody, key: token, optional: true } } }
        - { name: POD, valueFrom: { fieldRef: { fieldPath: metadata.name } } }
        - { name: GREETING, value: 'hi $(REGISTRY) $(NOBODY) $$(REGISTRY)' }
`;

    const done = await start(machine, spec).done;

    const [output] = done.status?.nodes?.['wf']?.outputs?.parameters ?? [];
    expect(output?.value).toBe('quay.test gh-s3cret -wf quay.test  a: 1 hi quay.test $(NOBODY) $(REGISTRY)');
    const logged = machine.events.flatMap((event) => (event.type === 'output' ? [event.text] : [])).join('');
    expect(logged).toContain('quay.test *** -wf');
    expect(logged).not.toContain('gh-s3cret');
  });

  it('do not meet in /tmp, and share a claim of the workflow', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: main
volumeClaimTemplates: [{ metadata: { name: work }, spec: {} }]
templates:
  - name: main
    steps:
      - - { name: one, template: write, arguments: { parameters: [{ name: id, value: one }] } }
        - { name: two, template: write, arguments: { parameters: [{ name: id, value: two }] } }
      - - { name: list, template: list }
  - name: write
    inputs: { parameters: [{ name: id }] }
    container: { image: sh, command: [sh, -c, 'test ! -e /tmp/x && touch /tmp/x "/work/$ID"'], env: [{ name: ID, value: '{{inputs.parameters.id}}' }], volumeMounts: [{ name: work, mountPath: /work }] }
  - name: list
    outputs: { parameters: [{ name: all, globalName: all, valueFrom: { path: /tmp/all } }] }
    container: { image: sh, command: [sh, -c, 'ls /work > /tmp/all'], volumeMounts: [{ name: work, mountPath: /work }] }
`;

    const done = await start(machine, spec).done;

    expect(done.status?.outputs?.parameters).toEqual([{ name: 'all', value: 'one\ntwo' }]);
  });

  it.each([
    ['$(touch pwned)'],
    ['`id`; exit 9'],
    [`it's "quoted"`],
    ['two\nlines\t\\n'],
    ['{{workflow.name}} {{inputs.parameters.b}} {{=1+1}}'],
    ['💣 $HOME ${PATH}'],
  ])('get a hostile value as it is: %s', async (value) => {
    await using machine = await testMachine();
    const spec = `
entrypoint: main
arguments: { parameters: [{ name: evil, value: ${JSON.stringify(value)} }] }
templates:
  - name: main
    steps: [[{ name: a, template: echo, withItems: [1], arguments: { parameters: [{ name: a, value: '{{workflow.parameters.evil}}' }] } }]]
${shell('echo', 'printf %s "$A" > /tmp/out', 'outputs: { parameters: [{ name: out, globalName: out, valueFrom: { path: /tmp/out } }] }')}`;

    const done = await start(machine, spec).done;

    expect(done.status?.outputs?.parameters).toEqual([{ name: 'out', value }]);
  });

  it('cannot have a file of this machine read as their output', async () => {
    await using machine = await testMachine();
    const output =
      "outputs: { parameters: [{ name: out, valueFrom: { path: '/tmp/../../../../../etc/passwd', default: none } }] }";

    const done = await start(machine, `\nentrypoint: t\ntemplates:\n${shell('t', 'true', output)}`).done;

    expect(done.status?.nodes?.['wf']?.outputs?.parameters).toEqual([{ name: 'out', value: 'none' }]);
  });

  it('run the program that is mapped to their image, with the arguments of the spec', async () => {
    const entrypoint = { program: 'sh', args: ['-c', 'printf "%s|" "$@" "$EXTRA"', 'luban'] };
    const images = [
      { repository: 'gitops-utils', entrypoint, commands: { luban: entrypoint }, env: { EXTRA: 'here' } },
    ];
    await using machine = await testMachine({ images });
    const container = (command: string) => `
entrypoint: main
templates: [{ name: main, steps: [[{ name: run, template: run }], [{ name: again, template: run, when: "'{{steps.run.outputs.result}}' == x" }]] },
  { name: run, container: { image: 'quay.test/luban/gitops-utils:v1', ${command} args: [deploy-image, --app, 'a b'] } }]`;

    const done = await start(machine, container('')).done;
    const named = await start(machine, container('command: [luban],')).done;

    const results = [done, named].map(
      ({ status }) => Object.values(status?.nodes ?? {}).find((node) => node.displayName === 'run')?.outputs?.result,
    );
    expect(results).toEqual(['deploy-image|--app|a b|here|', 'deploy-image|--app|a b|here|']);
  });

  it('fail with Argo’s exit code when their program is not installed', async () => {
    await using machine = await testMachine();

    const lines = await outcomeOf(
      machine,
      '\nentrypoint: x\ntemplates: [{ name: x, container: { image: sh, command: [no-such-program] } }]',
    );

    expect(lines).toEqual([
      'wf Pod Failed: main: Error (exit code 64): no-such-program is not installed',
      '= Failed: main: Error (exit code 64): no-such-program is not installed',
    ]);
  });
});
