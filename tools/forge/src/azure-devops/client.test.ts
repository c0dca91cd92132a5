import { fixedClock, loopbackServer } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { forgeContract } from '../forge.contract.ts';
import { createAzureForge } from './client.ts';
import { startAzureStandIn } from './testing/azure-stand-in.ts';
import { azurePlace, azureRoot } from './url.ts';

const token = 'token-of-bot';

describe.each([
  { provider: 'azure' as const, collection: 'metasync', newest: '7.1' },
  { provider: 'ado' as const, collection: 'tfs/DefaultCollection', newest: '5.1' },
])('$provider', ({ provider, collection, newest }) => {
  forgeContract(`Azure DevOps up to ${newest} (a stand-in after its published description)`, async () => {
    const azure = await startAzureStandIn({ token, collection, project: 'payment', newest });
    return {
      provider,
      baseUrl: azure.url,
      apiPath: `/${collection}`,
      token,
      owner: `${collection}/payment`,
      newOwner: `${collection}/delivery`,
      seed: async ({ repository }) => azure.seed('payment', repository),
      push: async ({ repository }, branch) => azure.push('payment', repository, branch),
      fileAt: async ({ repository }, branch, path) => azure.fileAt('payment', repository, branch, path),
      [Symbol.asyncDispose]: () => azure[Symbol.asyncDispose](),
    };
  });
});

describe('the Azure DevOps forge', () => {
  const name = { owner: 'metasync/payment', repository: 'cart' };
  const started = async (newest = '7.1') => {
    const azure = await startAzureStandIn({ token, collection: 'metasync', project: 'payment', newest });
    const clock = fixedClock();
    const forge = createAzureForge('azure', { baseUrl: azure.url, token, clock });
    await forge.createRepository(name, { description: '' });
    const tips = azure.seed('payment', 'cart');
    azure.seen.length = 0;
    return { azure, forge, clock, tips, [Symbol.asyncDispose]: () => azure[Symbol.asyncDispose]() };
  };

  test.each([
    ['https://dev.azure.com', 'metasync/payment', 'https://dev.azure.com/', ['metasync'], 'payment'],
    ['https://metasync.visualstudio.com', 'metasync/payment', 'https://dev.azure.com/', ['metasync'], 'payment'],
    ['https://ssh.dev.azure.com', 'metasync/payment', 'https://dev.azure.com/', ['metasync'], 'payment'],
    ['https://ado.corp', 'tfs/Main/pay ment', 'https://ado.corp/', ['tfs', 'Main'], 'pay ment'],
    ['https://ado.corp/tfs/', 'tfs/Main/payment', 'https://ado.corp/tfs', ['Main'], 'payment'],
    ['https://ado.corp/tfs/Main', 'tfs/Main/payment', 'https://ado.corp/tfs/Main', [], 'payment'],
  ])('upstream-N7: at %s, %s is below %s', (base, owner, href, collection, project) => {
    const root = azureRoot(base);

    expect([root.href, azurePlace(root, owner)]).toEqual([href, { collection, project }]);
  });

  test('refuses an owner without a project', async () => {
    await using at = await started();

    await expect(at.forge.getRepository({ owner: 'metasync', repository: 'cart' })).rejects.toThrow(/not an owner/);
    expect(at.azure.seen).toEqual([]);
  });

  test('steps down to what an older server knows, once', async () => {
    await using at = await started('6.0');

    await at.forge.getRepository(name);

    expect(at.azure.seen).toEqual(['GET /metasync/payment/_apis/git/repositories/cart?api-version=6.0']);
  });

  test('a branch is not taken for another one that begins like it', async () => {
    await using at = await started();
    at.azure.push('payment', 'cart', 'main-2');

    const found = await at.forge.getBranch(name, 'main');

    expect(found).toEqual({ name: 'main', commit: at.tips.main, protected: false });
  });

  test('a status that comes before its pull request is told to it when it is set again', async () => {
    await using at = await started();
    const status = { context: 'luban/verify', state: 'success' as const, description: 'All is well' };
    await at.forge.setCommitStatus(name, at.tips.change, status);
    await at.forge.protectBranch(name, 'main', { requiredApprovals: 0, requiredStatusChecks: ['luban/verify'] });
    const request = { source: 'change/one', target: 'main', title: 'Promote cart', body: '' };
    const { value } = await at.forge.openChangeRequest(name, request);
    const merge = { expectedHead: value.head, method: 'merge' as const };

    const early = await at.forge.mergeChangeRequest(name, value.number, merge).catch(String);
    const again = await at.forge.setCommitStatus(name, at.tips.change, status);
    const merged = await at.forge.mergeChangeRequest(name, value.number, merge);

    expect(early).toMatch(/cannot be merged/);
    expect([again.changed, merged.outcome]).toEqual([true, 'merged']);
  });

  test('a body is cut to what Azure takes, and is the same the next time', async () => {
    await using at = await started();
    const request = { source: 'change/one', target: 'main', title: 'Promote cart', body: 'x'.repeat(5000) };

    const { value } = await at.forge.openChangeRequest(name, request);
    const again = await at.forge.updateChangeRequest(name, value.number, request);

    expect(value.body).toBe(`${'x'.repeat(3998)}\n…`);
    expect(again.changed).toBe(false);
  });

  test('upstream-S5: an author does not approve the own request, and new commits ask for approval again', async () => {
    await using at = await started();

    await at.forge.protectBranch(name, 'main', { requiredApprovals: 1, requiredStatusChecks: [] });

    const approvals = at.azure.policies().find(({ settings }) => 'minimumApproverCount' in settings);
    expect(approvals).toMatchObject({
      isEnabled: true,
      isBlocking: true,
      settings: { minimumApproverCount: 1, creatorVoteCounts: false, allowDownvotes: false, resetOnSourcePush: true },
    });
  });

  test('upstream-B6: a hook is one subscription for each event, with the newest secret as a bearer token', async () => {
    await using at = await started();
    const url = 'https://luban.example.com/push';
    await at.forge.ensureWebhook(name, { url, secret: 'first-secret', events: ['push', 'comment'] });

    const { changed } = await at.forge.ensureWebhook(name, { url, secret: 'second-secret', events: ['push'] });

    const inputs = { url, httpHeaders: 'Authorization:Bearer second-secret' };
    expect(changed).toBe(true);
    expect(at.azure.subscriptions().map(({ body }) => [body['eventType'], body['consumerInputs']])).toEqual([
      ['git.push', inputs],
    ]);
    const plain = at.forge.ensureWebhook(name, { url: 'http://10.0.0.1/push', secret: 's', events: ['push'] });
    await expect(plain).rejects.toThrow(/https only/);
  });

  test.each([
    [203, {}],
    [302, { location: 'https://spsprodweu1.vssps.visualstudio.com/_signin' }],
  ])('a sign-in page (%i) is a token that is not valid, and nobody follows it', async (status, headers) => {
    await using server = await loopbackServer((_, response) =>
      response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<html>Sign in</html>'),
    );
    const forge = createAzureForge('azure', { baseUrl: server.url, token, clock: fixedClock() });

    const error = await forge.getRepository(name).catch((caught: unknown) => caught);

    expect(String(error)).toMatch(/sign-in page, which means 401/);
    expect(error).toHaveProperty('hint', expect.stringMatching(/still valid/));
    expect(server.seen).toHaveLength(1);
  });

  test('a token of Entra is a bearer, one of a person a password', async () => {
    await using server = await loopbackServer((_, response) => response.writeHead(404).end('{}'));
    const forgeWith = (given: string) =>
      createAzureForge('azure', { baseUrl: server.url, token: given, clock: fixedClock() });

    await forgeWith('pat').getRepository(name);
    await forgeWith('eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln').getRepository(name);

    expect(server.seen.map(({ headers }) => headers.authorization?.split(' '))).toEqual([
      ['Basic', Buffer.from(':pat').toString('base64')],
      ['Bearer', 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln'],
    ]);
  });
});
