import type { Log } from '@luban-ci/core';
import { parseRepositoryUrl } from '@luban-ci/forge';
import type { Git } from '@luban-ci/git';
import type { Mark } from '@luban-ci/kube';
import type { ForgeRepositoryHandle, Forges } from '../capabilities/forge.ts';
import type { GitServers } from '../capabilities/git.ts';

/** A repository that is set up: where it is, and who it is made for. */
export interface RepositorySetUp extends ForgeRepositoryHandle {
  git: Git;
  /** For git, without credentials. */
  url: string;
  mark: Mark;
  /** What it is, as its description begins: `GitOps repository`. */
  purpose: string;
  dryRun: boolean;
  log: Log;
}

/** @throws InputError when nobody says what kind of forge the address is of */
export async function openRepository(
  url: string,
  about: Pick<RepositorySetUp, 'mark' | 'purpose' | 'dryRun'>,
  { forge, git, log }: { forge: Forges; git: GitServers; log: Log },
): Promise<RepositorySetUp> {
  return { ...about, ...(await forge.of(url)), git: git.of(url), url, log };
}

/** As people read it: `metasync/cart-service-gitops`. */
export function titleOf({ name }: Pick<RepositorySetUp, 'name'>): string {
  return `${name.owner}/${name.repository}`;
}

/** Written when a repository is created, in the same call: what carries exactly this was made here, and for whom. */
export function descriptionOf({ purpose, mark }: Pick<RepositorySetUp, 'purpose' | 'mark'>): string {
  return `${purpose} of ${mark.owner}, made by Luban CI (${mark.step})`;
}

/** The message of a commit that set-up makes. What else is in a repository is somebody's work. */
export function setUpMessage(message: string, { step, owner }: Mark): string {
  return `${message}\n\nLuban-Set-Up: ${step} ${owner}`;
}

export function isSetUpMessage(message: string, { step, owner }: Mark): boolean {
  return message.split('\n').includes(`Luban-Set-Up: ${step} ${owner}`);
}

/** How a difference in it is shown: its owner as a folder, its name as a file. */
export function shownAs(kind: string, { url }: Pick<RepositorySetUp, 'url'>, part?: string) {
  const { owner, repository } = parseRepositoryUrl(url);
  return { kind, namespace: owner, name: part === undefined ? repository : `${repository}/${part}` };
}
