export type { CheckoutRequest, CheckoutResult } from './checkout.ts';
export { createGit, type Git } from './create-git.ts';
export type { FileHistory, FilesHistory, FilesVersion, FileVersion, VersionCommit } from './file-history.ts';
export type { FilesOfBranch, FilesWanted } from './find-files.ts';
export {
  type ApiCommits,
  type GitAccess,
  type GitAccessMode,
  type GitSettings,
  type GitTokens,
  type IntentMemory,
  type IntentSettings,
  type IntentWay,
  intentWays,
  type Person,
} from './git-settings.ts';
export { type GitUrl, parseGitUrl } from './git-url.ts';
export type { KeptFiles, KeptFilesRequest } from './kept-files.ts';
export { type CommitTrailers, commitMessage } from './landing/commit-message.ts';
export type { Folding, LandRequest, LandResult } from './landing/land.ts';
export type { CommitRequest, LandTarget } from './landing/land-job.ts';
export type { InitialPush, InitialPushResult } from './push-initial.ts';
export type { CommitInfo } from './read-commit.ts';
export type { FilesAtRef } from './read-files.ts';
export type { WorkTree } from './read-work-tree.ts';
export { isObjectId, isRefName } from './ref-name.ts';
export type { RemoteRef, ResolvedRef } from './remote-refs.ts';
export { type SshAccess, sshAccessTo } from './ssh-access.ts';
