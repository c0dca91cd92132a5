export type { ForgeOptions } from './api-client.ts';
export type { AzureRepository } from './azure-url.ts';
export { createAppTokens } from './create-app-tokens.ts';
export { createForge } from './create-forge.ts';
export {
  type Branch,
  type BranchRules,
  type ChangeRequest,
  type ChangeRequestState,
  type CommitStatus,
  type Ensured,
  type FileChange,
  type FilesCommit,
  type FilesCommitResult,
  type Forge,
  type ForgeFeatures,
  type ForgeProject,
  type ForgeProvider,
  type ForgeRepository,
  type FoundWebhook,
  forgeProviders,
  type MarkedComment,
  type MergeOptions,
  type MergeResult,
  type NewChangeRequest,
  type RepositoryName,
  type Webhook,
  type WebhookEvent,
} from './forge.ts';
export type { AppCredentials } from './github/app-token.ts';
export { parseRepositoryUrl, type RepositoryUrl } from './repository-url.ts';
export type { GivenToken, TokenSource } from './token-source.ts';
export { type ForgeHosts, providerOf, wellKnownProvider } from './url.ts';
