import type { ForgeOptions } from './api-client.ts';
import type { Forge, ForgeProvider } from './forge.ts';

/** The forge of a kind. Its code is loaded only now, so that a step pays for one provider and no more. */
export async function createForge(provider: ForgeProvider, options: ForgeOptions): Promise<Forge> {
  if (provider === 'github') return (await import('./github/client.ts')).createGitHubForge(options);
  if (provider === 'gitea') return (await import('./gitea/client.ts')).createGiteaForge(options);
  if (provider === 'gitlab') return (await import('./gitlab/client.ts')).createGitLabForge(options);
  return (await import('./azure-devops/client.ts')).createAzureForge(provider, options);
}
