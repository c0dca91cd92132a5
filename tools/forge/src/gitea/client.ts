import { type ApiClient, createApiClient, type ForgeOptions } from '../api-client.ts';
import type { Forge } from '../forge.ts';
import { ensureWebhook, getRepository, setDefaultBranch } from '../rest-repository.ts';
import {
  findChangeRequest,
  getChangeRequest,
  mergeChangeRequest,
  openChangeRequest,
  updateChangeRequest,
} from './change-request.ts';
import { setCommitStatus } from './commit-status.ts';
import { createRepository, deleteBranch, getBranch, listBranches, protectBranch } from './repository.ts';
import { giteaApiRoot } from './url.ts';

/** Gitea and Forgejo, API v1. */
export function createGiteaForge(options: ForgeOptions): Forge {
  const api = giteaApi(options);
  return {
    provider: 'gitea',
    features: { autoMerge: true, protectedBranches: true, statusDescriptionLimit: 255 },
    getRepository: (name) => getRepository(api, name),
    createRepository: (name, { description }) => createRepository(api, name, description),
    setDefaultBranch: (name, branch) => setDefaultBranch(api, name, branch),
    protectBranch: (name, branch, rules) => protectBranch(api, name, branch, rules),
    getBranch: (name, branch) => getBranch(api, name, branch),
    listBranches: (name) => listBranches(api, name),
    deleteBranch: (name, branch) => deleteBranch(api, name, branch),
    findChangeRequest: (name, branches) => findChangeRequest(api, name, branches),
    openChangeRequest: (name, request) => openChangeRequest(api, name, request),
    updateChangeRequest: (name, number, text) => updateChangeRequest(api, name, number, text),
    getChangeRequest: (name, number) => getChangeRequest(api, name, number),
    mergeChangeRequest: (name, number, merge) => mergeChangeRequest(api, name, number, merge),
    setCommitStatus: (name, commit, status) => setCommitStatus(api, name, commit, status),
    ensureWebhook: (name, hook) => ensureWebhook(api, name, hook, { type: 'gitea' }),
  };
}

function giteaApi(options: ForgeOptions): ApiClient {
  return createApiClient(options, {
    root: giteaApiRoot(options.baseUrl),
    headers: {
      accept: 'application/json',
      ...(options.token === undefined ? {} : { authorization: `token ${options.token}` }),
    },
    // Gitea's own upper limit; what is asked beyond it is cut silently
    pageSize: { limit: '50' },
  });
}
