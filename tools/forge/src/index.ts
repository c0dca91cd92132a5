export type { ForgeOptions } from './api-client.ts';
export type { AzureRepository } from './azure-url.ts';
export { createForge } from './create-forge.ts';
export {
  type Branch,
  type BranchRules,
  type ChangeRequest,
  type ChangeRequestState,
  type CommitStatus,
  type Ensured,
  type Forge,
  type ForgeFeatures,
  type ForgeProvider,
  type ForgeRepository,
  forgeProviders,
  type MergeOptions,
  type MergeResult,
  type NewChangeRequest,
  type RepositoryName,
  type Webhook,
} from './forge.ts';
export { parseRepositoryUrl, type RepositoryUrl } from './repository-url.ts';
export { type ForgeHosts, providerOf } from './url.ts';
