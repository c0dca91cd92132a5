import type { Conventions } from '@luban-ci/conventions';
import { parseRepositoryUrl } from '@luban-ci/forge';
import type { Git } from '@luban-ci/git';
import { isCommitId } from '../commit-of.ts';
import { imageTagOf } from '../image-tag.ts';
import { repositoryIdentity } from '../same-repository.ts';
import { gitopsRepositoryFor } from '../sibling-repository.ts';
import { applicationOf } from './application-of.ts';
import { requireKnownHost } from './known-host.ts';
import { skipReasonOfCommit, skipReasonOfPush } from './skip-reason.ts';

/** A push as somebody tells of it. */
export interface GivenPush {
  repoUrl: string;
  /** In full; empty when only the revision is known. */
  gitRef: string;
  /** A commit or a tag object; empty for the tip of the ref. */
  revision: string;
  appName?: string | undefined;
  /** Tag to give the image; by default the version of a git tag, else the commit. */
  tag?: string | undefined;
  /** When it was asked for. */
  orderKey: string;
  botAuthors: readonly string[];
  /** Further parameters for the pipeline. */
  passOn: Readonly<Record<string, string>>;
  requestedBy?: string | undefined;
}

export interface SkippedPush {
  skip: true;
  reason: string;
}

export interface ResolvedPush {
  skip: false;
  reason: string;
  mode: 'commit' | 'tag';
  repoUrl: string;
  gitRef: string;
  revision: string;
  projectName: string;
  appName: string;
  namespace: string;
  image: string;
  imageTag: string;
  gitopsRepoUrl: string;
  orderKey: string;
  requestId: string;
  pushId: string;
  pipelineParameters: Record<string, string>;
}

interface Around {
  conventions: Conventions;
  git: { of(url: string): Git };
}

/**
 * What a push stands for, or why it stands for nothing to build.
 *
 * @throws InputError for a host that nobody knows, a name that cannot be used, or a ref that is not there
 */
export async function resolvePush(given: GivenPush, { conventions, git }: Around): Promise<SkippedPush | ResolvedPush> {
  const repoUrl = withoutUser(given.repoUrl);
  const url = parseRepositoryUrl(repoUrl);
  requireKnownHost(url, conventions.config);
  const noPush = skipReasonOfPush({ ...given, repoUrl }, conventions);
  if (noPush !== undefined) return { skip: true, reason: noPush };

  const name = applicationOf(repoUrl, url, given.appName, conventions);
  const { gitRef, revision } = await pushedCommit({ ...given, repoUrl }, git);
  const isTag = gitRef.startsWith('refs/tags/');
  const commit = await git.of(repoUrl).readCommit(repoUrl, revision);
  const noCommit = isTag ? undefined : skipReasonOfCommit(commit, given.botAuthors);
  if (noCommit !== undefined) return { skip: true, reason: noCommit };

  const imageTag = given.tag ?? imageTagOf(gitRef, revision);
  const gitopsRepoUrl = gitopsRepositoryFor(repoUrl, name, conventions);
  const { orderKey } = given;
  return {
    skip: false,
    reason: `${name.project}/${name.app} at ${revision}, image tag ${imageTag}`,
    mode: isTag ? 'tag' : 'commit',
    ...{ repoUrl, gitRef, revision, imageTag, gitopsRepoUrl, orderKey },
    projectName: name.project,
    appName: name.app,
    namespace: conventions.buildNamespaceOf(name.project),
    image: conventions.imageOf(name),
    requestId: [repoUrl, gitRef, revision, orderKey].join(' '),
    pushId: pushIdOf({ repoUrl, gitRef, revision }),
    pipelineParameters: {
      ...given.passOn,
      ...(given.requestedBy === undefined ? {} : { requested_by: given.requestedBy }),
      repo_url: repoUrl,
      revision,
      git_ref: gitRef,
      project_name: name.project,
      app_name: name.app,
      tag: imageTag,
      gitops_repo_url: gitopsRepoUrl,
      order_key: orderKey,
    },
  };
}

/** The same for a commit on a ref, whoever tells of it, and by whatever address of the repository. */
export function pushIdOf(push: { repoUrl: string; gitRef: string; revision: string }): string {
  return [repositoryIdentity(push.repoUrl), push.gitRef, push.revision].join(' ');
}

/** Azure DevOps puts the organisation before the `@` of its clone addresses; git takes no user from an address. */
function withoutUser(repoUrl: string): string {
  return repoUrl.replace(/^(https?:\/\/)[^/@]*@/, '$1');
}

/**
 * A branch stands for the commit that was pushed, whatever its tip is by now. A tag stands for the commit behind it:
 * forges send the tag object of an annotated one.
 */
async function pushedCommit(
  { repoUrl, gitRef, revision }: GivenPush,
  git: Around['git'],
): Promise<{ gitRef: string; revision: string }> {
  if (isCommitId(revision) && !gitRef.startsWith('refs/tags/')) return { gitRef, revision };
  const wanted = gitRef || revision || 'HEAD';
  const { commit, ref } = await git.of(repoUrl).resolveRef(repoUrl, wanted);
  return { gitRef: ref ?? gitRef, revision: commit };
}
