import { type ApiClient, createApiClient, type ForgeOptions } from '../api-client.ts';
import { fitting } from '../change-request-text.ts';
import type { Forge } from '../forge.ts';
import { refuseProject } from '../no-projects.ts';
import { deleteRepository, deleteWebhook, ensureWebhook, findWebhook, getRepository } from '../rest-repository.ts';
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
  getBranch,
  getProtection,
  listBranches,
  protectBranch,
  setDefaultBranch,
} from './repository.ts';
import { giteaApiRoot } from './url.ts';

/** As GitHub's: Gitea itself sets no limit, the servers in front of it do. */
const longestBody = 65_536;

/** Gitea and Forgejo, API v1. */
export function createGiteaForge(options: ForgeOptions): Forge {
  const api = giteaApi(options);
  const { clock } = options;
  return {
    provider: 'gitea',
    features: {
      autoMerge: true,
      protectedBranches: true,
      namedStatusChecks: true,
      statusDescriptionLimit: longestDescription,
      changeRequestBodyLimit: longestBody,
      webhookSecret: 'signature',
      projectCreation: false,
      repositoryDescription: true,
      commitExpectingHead: false,
      commitAuthor: true,
    },
    getRepository: (name) => getRepository(api, name),
    createRepository: (name, { description }) => createRepository(api, name, description),
    deleteRepository: (name) => deleteRepository(api, name),
    findProject: async () => undefined,
    deleteProject: (owner) => refuseProject('Gitea', owner),
    ensureProject: (owner) => refuseProject('Gitea', owner),
    setDefaultBranch: (name, branch) => setDefaultBranch({ api, clock }, name, branch),
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
    commitFiles: (name, commit) => commitFiles({ api, clock }, name, commit),
    setCommitStatus: (name, commit, status) => setCommitStatus(api, name, commit, status),
    ensureWebhook: (name, hook) => ensureWebhook(api, name, hook, { type: 'gitea' }),
    findWebhook: (name, url) => findWebhook(api, name, url),
    deleteWebhook: (name, url) => deleteWebhook(api, name, url),
  };
}

function giteaApi(options: ForgeOptions): ApiClient {
  return createApiClient(options, {
    root: giteaApiRoot(options.baseUrl),
    headers: {
      accept: 'application/json',
    },
    authorization: (token) => `token ${token}`,
    // Gitea's own upper limit; what is asked beyond it is cut silently
    pageSize: { limit: '50' },
  });
}
