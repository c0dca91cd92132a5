import { generateKeyPairSync } from 'node:crypto';
import { InputError, StepError } from '@luban-ci/core';
import { capturedLog, fixedClock } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { checkedFetch } from '../testing/checked-fetch.ts';
import { readDescription } from '../testing/find-operation.ts';
import { type AppCredentials, createAppTokens } from './app-token.ts';
import { createGitHubForge } from './client.ts';
import type { AppModel } from './testing/app-routes.ts';
import { startGitHubStandIn } from './testing/github-stand-in.ts';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const privateKey = keys.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const name = { owner: 'metasync', repository: 'cart' };

describe('a GitHub App', () => {
  const started = async (given: Partial<AppCredentials> = {}) => {
    const clock = fixedClock();
    const app: AppModel = {
      id: '4711',
      publicKey: keys.publicKey,
      installationId: 12,
      installedFor: ['metasync/cart'],
      now: () => clock.now(),
      issued: new Map(),
      refusesTokens: false,
    };
    const github = await startGitHubStandIn({ token: 'token-of-admin', organization: 'metasync', app });
    await createGitHubForge({ baseUrl: github.url, token: 'token-of-admin', clock }).createRepository(name, {
      description: '',
    });
    github.seen.length = 0;
    const checked = checkedFetch(readDescription('github'), '/api/v3');
    const told = capturedLog();
    const options = { baseUrl: github.url, clock, fetch: checked.fetch, log: told.log };
    const hidden: string[] = [];
    const tokens = createAppTokens({ appId: '4711', privateKey, ...given }, name, {
      ...options,
      onToken: (token) => hidden.push(token),
    });
    const forge = createGitHubForge({ ...options, token: tokens });
    return {
      ...{ clock, app, github, forge, hidden, told },
      [Symbol.asyncDispose]: async () => {
        await github[Symbol.asyncDispose]();
        expect(checked.problems).toEqual([]);
      },
    };
  };
  const issuing = ['GET /api/v3/repos/metasync/cart/installation', 'POST /api/v3/app/installations/12/access_tokens'];
  const reading = 'GET /api/v3/repos/metasync/cart';

  test('is found by its repository, and its token is kept and hidden', async () => {
    await using at = await started();

    const found = [await at.forge.getRepository(name), await at.forge.getRepository(name)];

    expect(found.map((each) => each?.repository)).toEqual(['cart', 'cart']);
    expect(at.github.seen).toEqual([...issuing, reading, reading]);
    expect(at.hidden).toEqual(['ghs_installation_1']);
  });

  test('takes the installation that it is told, and a key whose line ends are written out', async () => {
    await using at = await started({ installationId: '12', privateKey: privateKey.replaceAll('\n', '\\n') });

    await at.forge.getRepository(name);

    expect(at.github.seen).toEqual([issuing[1], reading]);
  });

  test('asks once for a token that several calls want', async () => {
    await using at = await started();

    await Promise.all([at.forge.getRepository(name), at.forge.getRepository(name), at.forge.getRepository(name)]);

    expect(at.github.seen).toEqual([...issuing, reading, reading, reading]);
  });

  test('makes a token anew before it expires', async () => {
    await using at = await started();
    await at.forge.getRepository(name);
    await at.clock.sleep(56 * 60_000);

    await at.forge.getRepository(name);

    expect(at.hidden).toEqual(['ghs_installation_1', 'ghs_installation_2']);
  });

  test('makes a token anew once that GitHub refuses', async () => {
    await using at = await started();
    await at.forge.getRepository(name);
    at.app.issued.set('ghs_installation_1', 0);
    at.github.seen.length = 0;

    const found = await at.forge.getRepository(name);

    expect(found?.repository).toBe('cart');
    expect(at.github.seen).toEqual([reading, ...issuing, reading]);
  });

  test('gives up when the new token is refused too', async () => {
    await using at = await started();
    await at.forge.getRepository(name);
    at.github.seen.length = 0;
    at.app.refusesTokens = true;

    const error = await at.forge.getRepository(name).catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(StepError);
    expect(String(error)).toMatch(/401/);
    expect(at.github.seen).toEqual([reading, ...issuing, reading]);
    expect(at.told.text() + String(error)).not.toContain('ghs_');
  });

  test('says where it is not installed', async () => {
    await using at = await started();
    at.app.installedFor = [];

    await expect(at.forge.getRepository(name)).rejects.toThrow(
      'Getting a token of the GitHub App 4711 for metasync/cart failed: the App is not installed there',
    );
  });

  test('a wrong App is a clear error', async () => {
    await using at = await started({ appId: '4712' });

    await expect(at.forge.getRepository(name)).rejects.toThrow(/GitHub App 4712 .* 401/);
  });

  test.each(['', 'nonsense', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })])(
    'a key that is none is refused, and not repeated',
    (key) => {
      const making = () => createAppTokens({ appId: '1', privateKey: String(key) }, name, at());

      expect(making).toThrow(InputError);
      expect(making).toThrow('The private key of the GitHub App cannot be used');
    },
  );
});

function at() {
  return { baseUrl: 'https://github.com', clock: fixedClock() };
}
