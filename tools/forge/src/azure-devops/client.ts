import type { ForgeOptions } from '../api-client.ts';
import { fitting } from '../change-request-text.ts';
import type { Forge } from '../forge.ts';
import { createAzureApi } from './azure-api.ts';
import { getProtection, protectBranch } from './branch-protection.ts';
import { findChangeRequest, getChangeRequest, openChangeRequest, updateChangeRequest } from './change-request.ts';
import { commitFiles } from './commit-files.ts';
import { longestDescription, setCommitStatus } from './commit-status.ts';
import { ensureComment, ensureLabels } from './discussion.ts';
import { mergeChangeRequest } from './merge.ts';
import { deleteProject, ensureProject, findProject } from './project.ts';
import {
  createRepository,
  deleteBranch,
  deleteRepository,
  getBranch,
  getRepository,
  listBranches,
  setDefaultBranch,
} from './repository.ts';
import { deleteWebhook, ensureWebhook, findWebhook } from './webhook.ts';

/** "Description (up to 4000 characters)" of a pull request. */
const longestBody = 4000;

/** Azure DevOps: Services (`azure`), and a Server (`ado`) by its own address. */
export function createAzureForge(provider: 'azure' | 'ado', options: ForgeOptions): Forge {
  const api = createAzureApi(provider, options);
  const { clock } = options;
  return {
    provider,
    features: {
      autoMerge: true,
      protectedBranches: true,
      namedStatusChecks: true,
      statusDescriptionLimit: longestDescription,
      changeRequestBodyLimit: longestBody,
      webhookSecret: 'basic-password',
      projectCreation: true,
      repositoryDescription: false,
      commitExpectingHead: true,
      commitAuthor: true,
    },
    getRepository: (name) => getRepository(api, name),
    createRepository: (name) => createRepository(api, name),
    deleteRepository: (name) => deleteRepository(api, name),
    findProject: (owner) => findProject(api, owner),
    deleteProject: (owner) => deleteProject({ api, clock }, owner),
    ensureProject: (owner, { description }) => ensureProject({ api, clock }, owner, description),
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
    mergeChangeRequest: (name, number, merge) => mergeChangeRequest({ api, clock }, name, number, merge),
    ensureLabels: (name, number, labels) => ensureLabels(api, name, number, labels),
    ensureComment: (name, number, comment) => ensureComment(api, name, number, comment),
    commitFiles: (name, commit) => commitFiles(api, name, commit),
    setCommitStatus: (name, commit, status) => setCommitStatus(api, name, commit, status),
    ensureWebhook: (name, hook) => ensureWebhook(api, name, hook),
    findWebhook: (name, url) => findWebhook(api, name, url),
    deleteWebhook: (name, url) => deleteWebhook(api, name, url),
  };
}
