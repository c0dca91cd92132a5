import type { ForgeOptions } from './api-client.ts';
import type { RepositoryName } from './forge.ts';
import type { AppCredentials } from './github/app-token.ts';
import type { TokenSource } from './token-source.ts';

/** Tokens of a GitHub App. Its code is loaded only now, for those who have one. */
export async function createAppTokens(
  app: AppCredentials,
  repository: RepositoryName,
  options: Omit<ForgeOptions, 'token'> & { onToken?: ((token: string) => void) | undefined },
): Promise<TokenSource> {
  return (await import('./github/app-token.ts')).createAppTokens(app, repository, options);
}
