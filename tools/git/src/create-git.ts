import { type CheckoutRequest, type CheckoutResult, checkout } from './checkout.ts';
import { type FileHistory, type FilesHistory, fileHistory, filesHistory } from './file-history.ts';
import { type FilesOfBranch, type FilesWanted, findFiles } from './find-files.ts';
import type { GitSettings } from './git-settings.ts';
import { parseGitUrl } from './git-url.ts';
import { type KeptFiles, type KeptFilesRequest, keptFiles } from './kept-files.ts';
import { type LandRequest, type LandResult, land, landAll } from './landing/land.ts';
import type { CommitRequest, LandTarget } from './landing/land-job.ts';
import { type InitialPush, type InitialPushResult, pushInitial } from './push-initial.ts';
import { type CommitInfo, readCommit } from './read-commit.ts';
import { type FilesAtRef, readFiles } from './read-files.ts';
import { readWorkTree, type WorkTree } from './read-work-tree.ts';
import { defaultBranch, listRefs, type RemoteRef, type ResolvedRef, resolveRef } from './remote-refs.ts';

/** Repositories on servers, read and written with as little traffic as each question needs. */
export interface Git {
  resolveRef(url: string, ref: string): Promise<ResolvedRef>;
  /** Without full ref names: all refs. */
  listRefs(url: string, names?: readonly string[]): Promise<RemoteRef[]>;
  /** Full name: `refs/heads/main`. */
  defaultBranch(url: string): Promise<string | undefined>;
  readCommit(url: string, refOrCommit: string): Promise<CommitInfo>;
  readFiles(url: string, ref: string, paths: readonly string[]): Promise<FilesAtRef>;
  /** Those files at the tip of a branch whose paths are wanted; `undefined` when there is no such branch. */
  findFiles(url: string, branch: string, wanted: FilesWanted): Promise<FilesOfBranch | undefined>;
  /** The same for a question that is asked often: what was read is kept in a folder, by the tip of the branch. */
  keptFiles(request: KeptFilesRequest): Promise<KeptFiles | undefined>;
  /** The last versions of files that belong together: a manifest and the record beside it. */
  historyOfFiles(request: {
    url: string;
    branch: string;
    paths: readonly string[];
    limit: number;
  }): Promise<FilesHistory>;
  history(request: { url: string; branch: string; path: string; limit: number }): Promise<FileHistory>;
  checkout(request: CheckoutRequest): Promise<CheckoutResult>;
  /** The changes of a checkout as edits to land. */
  readWorkTree(folder: string): Promise<WorkTree>;
  land(request: LandRequest): Promise<LandResult>;
  /** One commit each, in one push, or none of them. */
  landAll(target: LandTarget, commits: readonly CommitRequest[]): Promise<LandResult[]>;
  pushInitial(push: InitialPush): Promise<InitialPushResult>;
}

export function createGit(settings: GitSettings): Git {
  const at = (url: string): ReturnType<typeof parseGitUrl> => parseGitUrl(url, settings.allowFile);
  return {
    resolveRef: async (url, ref) => resolveRef(settings, at(url), ref),
    listRefs: async (url, names) => listRefs(settings, at(url), names),
    defaultBranch: async (url) => defaultBranch(settings, at(url)),
    readCommit: async (url, refOrCommit) => readCommit(settings, at(url), refOrCommit),
    readFiles: async (url, ref, paths) => readFiles(settings, at(url), ref, paths),
    findFiles: async (url, branch, wanted) => findFiles(settings, at(url), branch, wanted),
    keptFiles: async (request) => keptFiles(settings, at(request.url), request),
    historyOfFiles: async (request) => filesHistory(settings, at(request.url), request),
    history: async (request) => fileHistory(settings, at(request.url), request),
    checkout: async (request) => checkout(settings, at(request.url), request),
    readWorkTree: async (folder) => readWorkTree(settings, folder),
    land: async (request) => land(settings, request),
    landAll: async (target, commits) => landAll(settings, target, commits),
    pushInitial: async (push) => pushInitial(settings, at(push.url), push),
  };
}
