import { InputError, type StepContext, secret } from '@luban-ci/core';
import type { AppCredentials, RepositoryName, TokenSource } from '@luban-ci/forge';
import { z } from 'zod';

/** What a GitHub App is given by: inputs of the git and of the forge capability alike. */
export interface GivenApp {
  githubAppId?: string | undefined;
  githubAppInstallationId?: string | undefined;
  githubAppPrivateKey?: string | undefined;
}

export function appInputs() {
  return {
    githubAppId: z
      .string()
      .regex(/^[A-Za-z0-9.]+$/, 'expected the id or the client id of an App')
      .optional()
      .describe('Id of the GitHub App to act as on GitHub, instead of gitToken.'),
    githubAppInstallationId: z
      .string()
      .regex(/^\d+$/, 'expected a number')
      .optional()
      .describe('Installation of the GitHub App; by default the one of the repository.'),
    githubAppPrivateKey: secret(z.string().describe('Private key of the GitHub App, in PEM.')).optional(),
  };
}

/** @throws InputError when an id comes without a key, or a key without an id */
export function appOf(given: GivenApp): AppCredentials | undefined {
  const { githubAppId: appId, githubAppPrivateKey: privateKey, githubAppInstallationId: installationId } = given;
  if (appId !== undefined && privateKey !== undefined) return { appId, privateKey, installationId };
  if (appId === undefined && privateKey === undefined) return undefined;
  const field = appId === undefined ? 'githubAppId' : 'githubAppPrivateKey';
  throw new InputError('A GitHub App is given by its id and its private key', [
    { field, expected: 'required beside the other one' },
  ]);
}

/** Tokens of the App for one repository; each one is hidden as soon as it is there. */
export async function appTokens(
  app: AppCredentials,
  repository: RepositoryName,
  baseUrl: string,
  { clock, log, signal, hide }: StepContext,
): Promise<TokenSource> {
  const { createAppTokens } = await import('@luban-ci/forge');
  return createAppTokens(app, repository, { baseUrl, clock, log, signal, onToken: hide });
}
