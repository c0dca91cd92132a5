import type { StepContext } from '@luban-ci/core';
import { createForge, type ForgeProvider, parseRepositoryUrl } from '@luban-ci/forge';
import { appOf, appTokens, type GivenApp } from './app-credentials.ts';
import type { ForgeRepositoryHandle } from './forge.ts';
import { forgeServerOf } from './forge-server.ts';

/** What `forgeInputs` were given. */
export interface GivenForge extends GivenApp {
  gitProvider?: ForgeProvider | undefined;
  gitBaseUrl?: string | undefined;
  gitToken?: string | undefined;
  configPath?: string | undefined;
}

/**
 * The forge that a repository address belongs to.
 *
 * @throws InputError when nobody says what kind of forge it is
 */
export async function openForge(repoUrl: string, given: GivenForge, ctx: StepContext): Promise<ForgeRepositoryHandle> {
  const url = parseRepositoryUrl(repoUrl);
  const name = { owner: url.owner, repository: url.repository };
  const app = appOf(given);
  const { provider, baseUrl, apiVersion } = await forgeServerOf(url, given);
  const isApp = app !== undefined && provider === 'github';
  const token = isApp ? await appTokens(app, name, baseUrl, ctx) : given.gitToken;
  const { clock, log, signal } = ctx;
  return { forge: await createForge(provider, { baseUrl, apiVersion, token, clock, log, signal }), name };
}
