import type { RegisteredApplication } from '@luban-ci/conventions';
import { type InputsOf, RetryableError } from '@luban-ci/core';
import { compareOrder } from '@luban-ci/edits';
import type { RemoteRef } from '@luban-ci/git';
import type { WritableKube } from '@luban-ci/kube';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { pushIdOf, type ResolvedPush, resolvePush } from '../pushes/resolve-push.ts';
import { findAbout, requireNamespace } from '../pushes/submitted-workflows.ts';
import { workflowObject } from '../pushes/workflow-object.ts';
import { type DeployedCommits, readDeployedCommits } from './deployed-commits.ts';
import { movedHeads, nextSeenHeads, pushableHeads, type SeenHeads, seenSince, type WaitingHead } from './seen-heads.ts';
import type { step } from './step.ts';

export interface Around {
  inputs: InputsOf<typeof step>;
  ctx: ContextOf<typeof step>;
  kube: WritableKube;
}

export interface Reconciled {
  started: string[];
  waiting: string[];
  /** What is to be remembered. */
  seen: SeenHeads;
}

/** Read at the first call, and once for all heads: most runs find nothing to compare with it. */
type Deployed = () => Promise<DeployedCommits>;

/** Looks at the heads of one repository, and starts what is missing; `seen` is what was remembered of it. */
export async function reconcileRepository(
  application: RegisteredApplication,
  seen: SeenHeads | undefined,
  around: Around,
): Promise<Reconciled> {
  const { ctx } = around;
  const { source } = application;
  const found = pushableHeads(await ctx.git.of(source).listRefs(source));
  let read: ReturnType<Deployed> | undefined;
  const deployed: Deployed = () => {
    read ??= readDeployedCommits(application, ctx);
    return read;
  };
  const before = seen ?? (await firstLook(application, found, deployed, ctx));
  const now = ctx.clock.now().toISOString();
  const started: string[] = [];
  const waiting: Record<string, WaitingHead> = {};
  for (const head of movedHeads(found, before)) {
    const since = seenSince(before, head, now);
    const fate = await settle(application, head, { since, deployed }, around);
    if (fate === 'started') started.push(toldOf(application, head));
    if (fate === 'waiting') waiting[head.ref] = { commit: head.commit, since };
  }
  const waitingFor = found.filter(({ ref }) => waiting[ref] !== undefined).map((head) => toldOf(application, head));
  return { started, waiting: waitingFor, seen: nextSeenHeads(found, before, waiting) };
}

/** All is taken as it is, but a default branch whose commit was made after the last deployment was asked for. */
async function firstLook(
  application: RegisteredApplication,
  found: readonly RemoteRef[],
  deployed: Deployed,
  ctx: Around['ctx'],
): Promise<SeenHeads> {
  const { source } = application;
  const git = ctx.git.of(source);
  const branch = await git.defaultBranch(source);
  const head = found.find(({ ref }) => ref === branch);
  const { lastAskedAt } = await deployed();
  const madeAt = head === undefined ? undefined : (await git.readCommit(source, head.commit)).committedAt.toISOString();
  const isNewer = lastAskedAt === undefined || (madeAt !== undefined && compareOrder(madeAt, lastAskedAt) > 0);
  const settled = found.filter((each) => each !== head || !isNewer);
  return { heads: Object.fromEntries(settled.map(({ ref, commit }) => [ref, commit])), waiting: {} };
}

/** What becomes of a head that has moved, in the order in which the proofs are cheap. */
async function settle(
  application: RegisteredApplication,
  head: RemoteRef,
  { since, deployed }: { since: string; deployed: Deployed },
  around: Around,
): Promise<'settled' | 'waiting' | 'started'> {
  const { inputs, ctx, kube } = around;
  const namespace = ctx.conventions.buildNamespaceOf(application.project);
  const pushId = pushIdOf({ repoUrl: application.source, gitRef: head.ref, revision: head.commit });
  if ((await findAbout(kube, namespace, pushId)).length > 0) return 'settled';
  const push = await resolvePush(pushOf(application, head, since, around), ctx);
  if (push.skip) return 'settled';
  if ((await deployed()).has(head)) return 'settled';
  if (ctx.clock.now().getTime() - Date.parse(since) < inputs.graceSeconds * 1000) return 'waiting';
  if (!ctx.dryRun) await submit(push, around);
  return 'started';
}

/** As the dispatcher submits it; what is asked for is asked for as of when the head was first seen. */
async function submit(push: ResolvedPush, { inputs, kube }: Around): Promise<void> {
  const { namespace, appName, requestId, pushId, orderKey } = push;
  await requireNamespace(kube, namespace);
  const submitted = await kube.create(
    workflowObject({
      ...{ namespace, requestId },
      template: inputs.template,
      namePrefix: appName,
      parameters: push.pipelineParameters,
      labels: { app: appName },
      subject: pushId,
      madeUpAt: orderKey,
    }),
  );
  if (submitted === undefined)
    throw new RetryableError(`A workflow of the name that ${namespace} gave it was there already`);
}

function pushOf({ source, app }: RegisteredApplication, head: RemoteRef, since: string, { inputs }: Around) {
  const { botAuthors, passOn } = inputs;
  return {
    repoUrl: source,
    appName: app,
    gitRef: head.ref,
    revision: head.commit,
    orderKey: since,
    botAuthors,
    passOn,
  };
}

function toldOf({ project, app }: RegisteredApplication, { ref, commit }: RemoteRef): string {
  return `${project}/${app} ${ref} ${commit}`;
}
