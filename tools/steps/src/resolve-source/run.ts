import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import { parseRepositoryUrl } from '@luban-ci/forge';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { isCommitId } from '../commit-of.ts';
import { imageTagOf } from '../image-tag.ts';
import { gitopsRepositoryFor } from '../sibling-repository.ts';
import { applicationOf } from './application-of.ts';
import { requireKnownHost } from './known-host.ts';
import { skipReasonOfCommit, skipReasonOfPush } from './skip-reason.ts';
import type { step } from './step.ts';

type Result = StepResult<OutputsOf<typeof step>>;

export async function run(given: InputsOf<typeof step>, ctx: ContextOf<typeof step>): Promise<Result> {
  const { conventions } = ctx;
  const inputs = { ...given, repoUrl: withoutUser(given.repoUrl) };
  const url = parseRepositoryUrl(inputs.repoUrl);
  requireKnownHost(url, conventions.config);
  const push = { gitRef: inputs.gitRef, revision: inputs.revision, repoUrl: inputs.repoUrl };
  const noPush = skipReasonOfPush(push, conventions);
  if (noPush !== undefined) return skipped(noPush);

  const name = applicationOf(inputs.repoUrl, url, inputs.appName, conventions);
  const { gitRef, revision } = await pushedCommit(inputs, ctx);
  const isTag = gitRef.startsWith('refs/tags/');
  const commit = await ctx.git.of(inputs.repoUrl).readCommit(inputs.repoUrl, revision);
  const noCommit = isTag ? undefined : skipReasonOfCommit(commit, inputs.botAuthors);
  if (noCommit !== undefined) return skipped(noCommit);

  const imageTag = inputs.tag ?? imageTagOf(gitRef, revision);
  const gitopsRepoUrl = gitopsRepositoryFor(inputs.repoUrl, name, conventions);
  const orderKey = inputs.requestedAt ?? inputs.dispatchedAt ?? ctx.clock.now().toISOString();
  const reason = `${name.project}/${name.app} at ${revision}, image tag ${imageTag}`;
  return {
    changed: false,
    summary: reason,
    outputs: {
      skip: false,
      reason,
      mode: isTag ? 'tag' : 'commit',
      repoUrl: inputs.repoUrl,
      gitRef,
      revision,
      projectName: name.project,
      appName: name.app,
      namespace: conventions.buildNamespaceOf(name.project),
      image: conventions.imageOf(name),
      imageTag,
      gitopsRepoUrl,
      orderKey,
      requestId: [inputs.repoUrl, gitRef, revision, orderKey].join(' '),
      pipelineParameters: {
        ...inputs.passOn,
        ...(ctx.run.requestedBy === undefined ? {} : { requested_by: ctx.run.requestedBy }),
        repo_url: inputs.repoUrl,
        revision,
        git_ref: gitRef,
        project_name: name.project,
        app_name: name.app,
        tag: imageTag,
        gitops_repo_url: gitopsRepoUrl,
        order_key: orderKey,
      },
    },
  };
}

/** Azure DevOps puts the organisation before the `@` of its clone addresses; git takes no user from an address. */
function withoutUser(repoUrl: string): string {
  return repoUrl.replace(/^(https?:\/\/)[^/@]*@/, '$1');
}

function skipped(reason: string): Result {
  return { changed: false, summary: `skipped: ${reason}`, outputs: { skip: true, reason } };
}

/**
 * A branch stands for the commit that was pushed, whatever its tip is by now. A tag stands for the commit behind it:
 * forges send the tag object of an annotated one.
 */
async function pushedCommit(
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<{ gitRef: string; revision: string }> {
  if (isCommitId(inputs.revision) && !inputs.gitRef.startsWith('refs/tags/'))
    return { gitRef: inputs.gitRef, revision: inputs.revision };
  const wanted = inputs.gitRef || inputs.revision || 'HEAD';
  const { commit, ref } = await ctx.git.of(inputs.repoUrl).resolveRef(inputs.repoUrl, wanted);
  return { gitRef: ref ?? inputs.gitRef, revision: commit };
}
