import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { InputError, StepError } from '@luban-ci/core';
import { z } from 'zod';
import { type ApiClient, createApiClient, type ForgeOptions } from '../api-client.ts';
import type { RepositoryName } from '../forge.ts';
import { parsed } from '../parsed.ts';
import type { TokenSource } from '../token-source.ts';
import { gitHubApiRoots } from './url.ts';

/** A GitHub App, as its settings page names things. */
export interface AppCredentials {
  appId: string;
  /** In PEM, as GitHub hands it out. */
  privateKey: string;
  /** Found by the repository where it is not given. */
  installationId?: string | undefined;
}

const Installation = z.object({ id: z.int() });
const InstallationToken = z.object({ token: z.string(), expires_at: z.iso.datetime({ offset: true }) });

/** A token is made anew when it has less than this to live: a landing may last that long. */
const spareMilliseconds = 5 * 60_000;

/**
 * Tokens of an App's installation for one repository and no other: made when first asked for, kept, and made anew before
 * they expire (after an hour) or when GitHub refuses one.
 *
 * @throws InputError for a key that is none; its text is never repeated
 */
export function createAppTokens(
  app: AppCredentials,
  repository: RepositoryName,
  options: Omit<ForgeOptions, 'token'> & { onToken?: ((token: string) => void) | undefined },
): TokenSource {
  const key = privateKeyOf(app.privateKey);
  const api = appApi(app.appId, key, options);
  let known: Issued | undefined;
  let issuing: Promise<Issued> | undefined;
  // several calls at once wait for one token
  const issueOnce = (): Promise<Issued> => {
    issuing ??= issueToken(api, app, repository)
      .then((issued) => {
        known = issued;
        options.onToken?.(issued.token);
        return issued;
      })
      .finally(() => {
        issuing = undefined;
      });
    return issuing;
  };
  const isFresh = ({ expiresAt }: Issued): boolean => expiresAt - options.clock.now().getTime() > spareMilliseconds;
  return {
    current: async () => (known !== undefined && isFresh(known) ? known.token : (await issueOnce()).token),
    // somebody beside us may have made another one already
    renewed: async (refused) =>
      known !== undefined && known.token !== refused ? known.token : (await issueOnce()).token,
  };
}

interface Issued {
  token: string;
  /** Milliseconds of the epoch. */
  expiresAt: number;
}

async function issueToken(api: ApiClient, app: AppCredentials, repository: RepositoryName): Promise<Issued> {
  const action = `Getting a token of the GitHub App ${app.appId} for ${repository.owner}/${repository.repository}`;
  const answer = await api.send({
    action,
    method: 'POST',
    path: [
      'app',
      'installations',
      app.installationId ?? (await installationOf(api, repository, action)),
      'access_tokens',
    ],
    body: { repositories: [repository.repository] },
    expected: [201],
    repeatable: true,
  });
  const { token, expires_at } = parsed(InstallationToken, answer, action);
  return { token, expiresAt: Date.parse(expires_at) };
}

async function installationOf(api: ApiClient, { owner, repository }: RepositoryName, action: string): Promise<string> {
  const path = ['repos', owner, repository, 'installation'];
  const found = await api.read(Installation, { action, method: 'GET', path, expected: [200, 404] });
  if (found !== undefined) return String(found.id);
  throw new StepError(`${action} failed: the App is not installed there`, {
    hint: `Install it for ${owner}/${repository}, or see that its id is right.`,
  });
}

/** "Generating a JSON Web Token": RS256, ten minutes at most, begun a minute ago for clocks that are not the same. */
function appApi(appId: string, key: KeyObject, options: Omit<ForgeOptions, 'token'>): ApiClient {
  const jwt = async (): Promise<string> => {
    const now = Math.floor(options.clock.now().getTime() / 1000);
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: now - 60, exp: now + 540, iss: appId })}`;
    return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
  };
  return createApiClient(
    // signed for each call; another one of the same second is the same, so there is none to renew it with
    { ...options, token: jwt },
    {
      root: gitHubApiRoots(options.baseUrl).rest,
      headers: {
        accept: 'application/vnd.github+json',
        'user-agent': 'luban-ci',
        'x-github-api-version': '2022-11-28',
      },
      authorization: (token) => `Bearer ${token}`,
      pageSize: { per_page: '100' },
    },
  );
}

/** In environment variables line ends are often written as `\n`. */
function privateKeyOf(text: string): KeyObject {
  try {
    const key = createPrivateKey(text.replaceAll('\\n', '\n'));
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // what node says of it may quote it
  }
  throw new InputError('The private key of the GitHub App cannot be used', [
    { field: 'githubAppPrivateKey', expected: 'expected an RSA key in PEM, as GitHub hands it out' },
  ]);
}
