import { type ApiClient, createApiClient, type ForgeOptions } from '../api-client.ts';
import { fitting } from '../change-request-text.ts';
import type { Forge } from '../forge.ts';
import { byLinkOrHeader } from '../list-pages.ts';
import { refuseProject } from '../no-projects.ts';
import { getProtection, protectBranch } from './branch-protection.ts';
import {
  findChangeRequest,
  getChangeRequest,
  mergeChangeRequest,
  openChangeRequest,
  updateChangeRequest,
} from './change-request.ts';
import { commitFiles } from './commit-files.ts';
import { longestDescription, setCommitStatus } from './commit-status.ts';
import { ensureComment, ensureLabels } from './discussion.ts';
import {
  createRepository,
  deleteBranch,
  deleteRepository,
  getBranch,
  getRepository,
  listBranches,
  setDefaultBranch,
} from './repository.ts';
import { gitLabApiRoot } from './url.ts';
import { deleteWebhook, ensureWebhook, findWebhook } from './webhook.ts';

/** "Merge request description": what GitLab takes. */
const longestBody = 1_048_576;

/** GitLab, the cloud and one's own, API v4. */
export function createGitLabForge(options: ForgeOptions): Forge {
  const api = gitLabApi(options);
  return {
    provider: 'gitlab',
    features: {
      autoMerge: true,
      protectedBranches: true,
      namedStatusChecks: false,
      statusDescriptionLimit: longestDescription,
      changeRequestBodyLimit: longestBody,
      webhookSecret: 'token-header',
      projectCreation: false,
      repositoryDescription: true,
      commitExpectingHead: false,
      commitAuthor: true,
    },
    getRepository: (name) => getRepository(api, name),
    createRepository: (name, { description }) => createRepository(api, name, description),
    deleteRepository: (name) => deleteRepository(api, name),
    findProject: async () => undefined,
    deleteProject: (owner) => refuseProject('GitLab', owner),
    ensureProject: (owner) => refuseProject('GitLab', owner),
    setDefaultBranch: (name, branch) => setDefaultBranch(api, name, branch),
    protectBranch: (name, branch, rules) => protectBranch(api, name, branch, rules),
    getProtection: (name, branch) => getProtection(api, name, branch),
    getBranch: (name, branch) => getBranch(api, name, branch),
    listBranches: (name) => listBranches(api, name),
    deleteBranch: (name, branch) => deleteBranch(api, name, branch),
    findChangeRequest: (name, branches) => findChangeRequest(api, name, branches),
    openChangeRequest: (name, request) => openChangeRequest(api, name, fitting(request, longestBody)),
    updateChangeRequest: (name, number, text) => updateChangeRequest(api, name, number, fitting(text, longestBody)),
    getChangeRequest: (name, number) => getChangeRequest(api, name, number),
    mergeChangeRequest: (name, number, merge) => mergeChangeRequest(api, name, number, merge),
    ensureLabels: (name, number, labels) => ensureLabels(api, name, number, labels),
    ensureComment: (name, number, comment) => ensureComment(api, name, number, comment),
    commitFiles: (name, commit) => commitFiles(api, name, commit),
    setCommitStatus: (name, commit, status) => setCommitStatus(api, name, commit, status),
    ensureWebhook: (name, hook) => ensureWebhook(api, name, hook),
    findWebhook: (name, url) => findWebhook(api, name, url),
    deleteWebhook: (name, url) => deleteWebhook(api, name, url),
  };
}

function gitLabApi(options: ForgeOptions): ApiClient {
  return createApiClient(options, {
    root: gitLabApiRoot(options.baseUrl),
    headers: { accept: 'application/json' },
    // taken from personal, project and group access tokens and from OAuth alike
    authorization: (token) => `Bearer ${token}`,
    pageSize: { per_page: '100' },
    nextPage: byLinkOrHeader,
  });
}
