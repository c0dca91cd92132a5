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
import { longestDescription, setCommitStatus } from './commit-status.ts';
import { createRepository, deleteBranch, getBranch, listBranches, protectBranch } from './repository.ts';
import { gitHubApiRoots } from './url.ts';

/** GitHub: the cloud, and Enterprise Server by its own address. */
export function createGitHubForge(options: ForgeOptions): Forge {
  const roots = gitHubApiRoots(options.baseUrl);
  const api = gitHubApi(options, roots.rest);
  const graphQl = gitHubApi(options, roots.graphQl);
  return {
    provider: 'github',
    features: { autoMerge: true, protectedBranches: true, statusDescriptionLimit: longestDescription },
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
    mergeChangeRequest: (name, number, merge) => mergeChangeRequest({ api, graphQl }, name, number, merge),
    setCommitStatus: (name, commit, status) => setCommitStatus(api, name, commit, status),
    ensureWebhook: (name, hook) => ensureWebhook(api, name, hook, { name: 'web' }),
  };
}

function gitHubApi(options: ForgeOptions, root: URL): ApiClient {
  return createApiClient(options, {
    root,
    headers: {
      accept: 'application/vnd.github+json',
      // GitHub refuses requests without one
      'user-agent': 'luban-ci',
      'x-github-api-version': '2022-11-28',
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
    },
    pageSize: { per_page: '100' },
  });
}
