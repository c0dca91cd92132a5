import { type ApiClient, createApiClient, type ForgeOptions } from '../api-client.ts';
import { fitting } from '../change-request-text.ts';
import type { Forge } from '../forge.ts';
import { refuseProject } from '../no-projects.ts';
import {
  deleteRepository,
  deleteWebhook,
  ensureWebhook,
  findWebhook,
  getRepository,
  setDefaultBranch,
} from '../rest-repository.ts';
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
import { createRepository, deleteBranch, getBranch, getProtection, listBranches, protectBranch } from './repository.ts';
import { gitHubApiRoots } from './url.ts';

/** What GitHub takes. */
const longestBody = 65_536;

/** GitHub: the cloud, and Enterprise Server by its own address. */
export function createGitHubForge(options: ForgeOptions): Forge {
  const roots = gitHubApiRoots(options.baseUrl);
  const api = gitHubApi(options, roots.rest);
  const graphQl = gitHubApi(options, roots.graphQl);
  return {
    provider: 'github',
    features: {
      autoMerge: true,
      protectedBranches: true,
      namedStatusChecks: true,
      statusDescriptionLimit: longestDescription,
      changeRequestBodyLimit: longestBody,
      webhookSecret: 'signature',
      projectCreation: false,
      repositoryDescription: true,
      commitExpectingHead: true,
      commitAuthor: false,
    },
    getRepository: (name) => getRepository(api, name),
    createRepository: (name, { description }) => createRepository(api, name, description),
    deleteRepository: (name) => deleteRepository(api, name),
    findProject: async () => undefined,
    deleteProject: (owner) => refuseProject('GitHub', owner),
    ensureProject: (owner) => refuseProject('GitHub', owner),
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
    mergeChangeRequest: (name, number, merge) => mergeChangeRequest({ api, graphQl }, name, number, merge),
    ensureLabels: (name, number, labels) => ensureLabels(api, name, number, labels),
    ensureComment: (name, number, comment) => ensureComment(api, name, number, comment),
    commitFiles: (name, commit) => commitFiles({ api, graphQl }, name, commit),
    setCommitStatus: (name, commit, status) => setCommitStatus(api, name, commit, status),
    ensureWebhook: (name, hook) => ensureWebhook(api, name, hook, { name: 'web' }),
    findWebhook: (name, url) => findWebhook(api, name, url),
    deleteWebhook: (name, url) => deleteWebhook(api, name, url),
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
    },
    authorization: (token) => `Bearer ${token}`,
    pageSize: { per_page: '100' },
  });
}
