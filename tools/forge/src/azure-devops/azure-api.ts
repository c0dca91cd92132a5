import { type Answer, StepError } from '@luban-ci/core';
import { type ApiClient, createApiClient, type ForgeOptions } from '../api-client.ts';
import type { ForgeProvider } from '../forge.ts';
import { forgeFailure } from '../forge-failure.ts';
import { byContinuationToken } from '../list-pages.ts';
import { AzureErrorType } from './schema.ts';
import { azureRoot } from './url.ts';

/** The client of Azure DevOps with its root, which says how an owner is spelt in a path. */
export interface AzureApi extends ApiClient {
  root: URL;
}

/** API versions that are known to do, newest first; each Server takes its own and every one below. */
const versions = ['7.1', '7.0', '6.0', '5.1', '5.0'] as const;

export function createAzureApi(provider: ForgeProvider, options: ForgeOptions): AzureApi {
  const root = azureRoot(options.baseUrl);
  const version = options.apiVersion ?? (provider === 'ado' ? '6.0' : '7.1');
  const api = createApiClient(options, {
    root,
    // answers a wrong token with 401 instead of a way to the sign-in page, where it is understood
    headers: { accept: 'application/json', 'x-tfs-fedauthredirect': 'Suppress' },
    authorization,
    // each list has its own way to say how much, and some have none
    pageSize: {},
    nextPage: byContinuationToken,
    listKey: 'value',
    redirects: 'manual',
    around: (send) => withVersion(send, version, options),
  });
  return { ...api, root };
}

/** Personal access tokens are a password without a user name; what Entra issues is a JWT. */
function authorization(token: string): string {
  return token.startsWith('eyJ') && token.split('.').length === 3
    ? `Bearer ${token}`
    : `Basic ${Buffer.from(`:${token}`).toString('base64')}`;
}

/** Adds the version to every call, and steps down where the Server is older: it names the reason by a type, not only in words. */
function withVersion(send: ApiClient['send'], first: string, options: ForgeOptions): ApiClient['send'] {
  let version = first;
  return async (request) => {
    for (let suffix = ''; ; ) {
      const query = { ...request.query, 'api-version': `${version}${suffix}` };
      const answer = await send({ ...request, query, expected: [...request.expected, 203, 302, 400] });
      refuseSignIn(request.action, answer);
      if (answer.status !== 400) return answer;
      const type = errorType(answer);
      const older = versions.find((each) => Number(each) < Number(version));
      if (type === 'VssInvalidPreviewVersionException' && suffix === '') suffix = '-preview';
      else if (type === 'VssVersionOutOfRangeException' && older !== undefined) version = older;
      else if (request.expected.includes(400)) return answer;
      else throw forgeFailure(request.action, answer, options.clock.now());
    }
  };
}

/** The name of the exception that Azure's error bodies carry. */
export function errorType(answer: Answer): string | undefined {
  try {
    return AzureErrorType.parse(JSON.parse(Buffer.from(answer.bytes).toString('utf8'))).typeKey ?? undefined;
  } catch {
    return undefined;
  }
}

/** Without a token that it knows, Azure answers 203 or 302 with its sign-in page. */
function refuseSignIn(action: string, { status }: Answer): void {
  if (status !== 203 && status !== 302) return;
  throw new StepError(`${action} failed: the forge answered ${status} with its sign-in page, which means 401`, {
    hint: 'Give a token of this forge that is still valid.',
  });
}
