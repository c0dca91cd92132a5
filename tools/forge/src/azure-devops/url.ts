import { InputError } from '@luban-ci/core';
import type { RepositoryName } from '../forge.ts';

/** Where a project's things are, below the root. */
export interface AzurePlace {
  /** Organisation, or on a Server the collection with whatever stands before it. */
  collection: readonly string[];
  project: string;
}

/** Services are at one address, whatever older or ssh name a URL gave them; a Server is where it is, path and all. */
export function azureRoot(baseUrl: string): URL {
  const root = new URL(baseUrl);
  const isServices = /(?:^|\.)(?:dev\.azure\.com|visualstudio\.com)$/.test(root.hostname);
  if (isServices) return new URL('https://dev.azure.com');
  root.pathname = root.pathname.replace(/\/+$/, '');
  root.search = '';
  root.hash = '';
  return root;
}

/**
 * `metasync/payment` → organisation and project; `tfs/DefaultCollection/payment` → collection and project. A prefix that
 * the root has already (`https://host/tfs`) is not said twice.
 *
 * @throws InputError for an owner without a project
 */
export function azurePlace(root: URL, owner: string): AzurePlace {
  const segments = owner.split('/');
  const project = segments.at(-1) ?? '';
  const collection = segments.slice(0, -1);
  const prefix = root.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  if (collection.length === 0 || project === '') {
    throw new InputError(`${JSON.stringify(owner)} is not an owner on Azure DevOps`, [], {
      hint: 'Give organisation and project, or collection and project: metasync/payment.',
    });
  }
  const isSaid = prefix.length > 0 && prefix.every((each, index) => collection[index] === each);
  return { collection: isSaid ? collection.slice(prefix.length) : collection, project };
}

export function collectionPath(root: URL, owner: string, ...more: string[]): string[] {
  return [...azurePlace(root, owner).collection, '_apis', ...more];
}

export function projectPath(root: URL, owner: string, ...more: string[]): string[] {
  const { collection, project } = azurePlace(root, owner);
  return [...collection, project, '_apis', ...more];
}

export function repositoryPath(root: URL, name: RepositoryName, ...more: string[]): string[] {
  return projectPath(root, name.owner, 'git', 'repositories', name.repository, ...more);
}
