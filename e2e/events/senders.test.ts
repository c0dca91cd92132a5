import { fileURLToPath } from 'node:url';
import { GitProvider } from '@luban-ci/conventions';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { hasProgram, temporaryFolder, writeTree } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { deliveryOf, pushOf } from './delivery.ts';
import { eventSourceStandIn } from './event-source-stand-in.fixture.ts';

const secret = '$a "secret" with \\ and ü';
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
type Form = readonly [name: string, program: string, args: readonly string[], isThere: boolean];
const forms: readonly Form[] = [
  ['TypeScript', process.execPath, ['--disable-warning=ExperimentalWarning', here('main.ts')], true],
  ['python3', 'python3', [here('send_webhook.py')], hasProgram('python3')],
];
const cases = forms.flatMap((form) => GitProvider.options.map((provider) => [form[0], provider, form] as const));

function send([, program, args]: Form, variables: Record<string, string>) {
  // A cluster of whoever runs this is none of its business.
  const env = { ...plainEnvironment(), KUBECONFIG: '/nowhere/kubeconfig', ...variables };
  return runProgram(program, args, { cwd: '/', env });
}

describe.each(cases)('%s tells a push as %s does', (_, provider, form) => {
  test.skipIf(!form[3])(
    'it is taken with the right proof, and a forged one refused, which is then the success',
    async () => {
      await using gateway = await eventSourceStandIn(provider, secret);
      const given = { PROVIDER: provider, GATEWAY_URL: `${gateway.url}/${provider}/push`, WEBHOOK_SECRET: secret };

      const taken = await send(form, { ...given, TAG: 'v1.2.3', APP_NAME: 'my-app' });
      const wrong = await send(form, { ...given, WEBHOOK_SECRET: 'another' });
      const forged = await send(form, { ...given, FORGED: '1' });

      const repository = 'https://github.com/metasync/my-app.git';
      expect([taken.exitCode, wrong.exitCode, forged.exitCode]).toEqual([0, 1, 0]);
      expect(taken.stderr).toMatch(`✓ the push of refs/tags/v1.2.3 to ${repository} was taken at ${gateway.url}`);
      expect(wrong.stderr).toMatch(/^✗ the push of refs\/heads\/main .* was refused .*: 400 400 Bad Request$/m);
      expect(forged.stderr).toMatch(/^✓ the forged delivery was refused /m);
      expect(withoutTimes(gateway.seen[0]?.body ?? '')).toEqual(
        withoutTimes(deliveryOf(pushOf({ ...given, TAG: 'v1.2.3', APP_NAME: 'my-app' }), secret, new Date(0)).body),
      );
      expect([taken, wrong, forged].map(({ stdout, stderr }) => stdout + stderr).join('')).not.toContain(secret);
    },
  );
});

describe.each(forms)('%s', (...form) => {
  test.skipIf(!form[3])('says in one sentence what is missing', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, { secret: `${secret}\n` });
    const away = { WEBHOOK_SECRET_FILE: folder.at('secret'), GATEWAY_URL: 'http://127.0.0.1:1/push' };

    const unproven = await send(form, {});
    const unknown = await send(form, { PROVIDER: 'bitbucket' });
    const noUrl = await send(form, { GATEWAY_URL: 'webhook.example.com' });
    const notThere = await send(form, away);

    expect(unproven.stderr).toMatch(/^✗ Nothing says with what the delivery is to be proven/);
    expect(unknown.stderr).toMatch(/^✗ PROVIDER is "bitbucket"; expected one of github, gitlab, azure, ado, gitea/);
    expect(noUrl.stderr).toMatch(/^✗ GATEWAY_URL is "webhook\.example\.com"; expected an http address/);
    expect(notThere.stderr).toMatch(/^✗ http:\/\/127\.0\.0\.1:1\/push was not reached/);
    expect([unproven, unknown, noUrl, notThere].map(({ exitCode }) => exitCode)).not.toContain(0);
  });
});

test('the defaults are those of the original, and each provider has its path', () => {
  expect(pushOf({})).toEqual({
    provider: 'github',
    gatewayUrl: 'https://webhook.luban.metasync.cc/push',
    repoUrl: 'https://github.com/metasync/cart-service.git',
    revision: 'main',
    gitRef: 'refs/heads/main',
    pusher: 'test-events-webhook',
    isForged: false,
  });
  expect(pushOf({ PROVIDER: 'ado', REVISION: 'a'.repeat(40), BRANCH: 'feat/x' })).toMatchObject({
    gatewayUrl: 'https://webhook.luban.metasync.cc/ado/push',
    gitRef: 'refs/heads/feat/x',
  });
});

/** What both forms send at the same time is equal but for fractions of seconds. */
function withoutTimes(body: string): unknown {
  return JSON.parse(body, (name, value: unknown) =>
    ['pushed_at', 'updated_at', 'date'].includes(name) ? typeof value : value,
  );
}
