import { defaultTitle, mergePull, whyNotYet } from '../forge/merging.ts';
import { headsOf, type PullHeads, pullOf } from '../forge/pulls.ts';
import type { World } from '../forge/world.ts';
import type { Pull, RepositoryState } from '../repository-state.ts';
import { readBody } from '../server/read-body.ts';
import { empty, HttpFailure, type Reply } from '../server/reply.ts';
import { diffSection } from './diff.ts';
import { type Html, html } from './html.ts';
import { pageReply, shortId, time } from './layout.ts';
import type { PageCall } from './pages.ts';
import { statusBadges, trailOf } from './repository-pages.ts';

export async function pullPage(world: World, state: RepositoryState, at: Record<string, string>): Promise<Reply> {
  const pull = pullOf(state, at);
  const heads = await headsOf(world, state, pull);
  const folder = world.store.gitFolder(state.owner, state.name);
  const href = `/${state.owner}/${state.name}/pulls/${pull.number}`;
  const body = html`<h1>${pull.title} <span class="soft">#${pull.number}</span></h1>
<p class="soft lead"><span class="badge ${pull.state}">${pull.state}</span> ${pull.author} wants to bring <code>${pull.head}</code> into <code>${pull.base}</code> · ${time(pull.createdAt)}${heads === undefined ? '' : statusBadges(state, heads.head)}</p>
${pull.body === '' ? '' : html`<div class="card"><pre class="prose">${pull.body}</pre></div>`}
${await outcomeSection(world, state, pull, heads)}
${heads === undefined ? '' : await diffSection(folder, heads.mergeBase, heads.head)}`;
  return pageReply({ title: pull.title, trail: [...trailOf(state), { label: `#${pull.number}`, href }], body });
}

/** The merge button. Browsers say where a form comes from; one that does not come from this page is refused. */
export async function mergeByForm(call: PageCall, state: RepositoryState, at: Record<string, string>): Promise<Reply> {
  const { world, request } = call;
  if (request.headers.origin === undefined) throw new HttpFailure(403, 'Only the button of this page may merge');
  const form = new URLSearchParams((await readBody(request, 10_000)).toString('utf8'));
  const head = form.get('head');
  if (head === null) throw new HttpFailure(422, 'The form does not say which commit was looked at');
  const pull = pullOf(state, at);
  const wish = { style: 'merge' as const, title: defaultTitle(pull, 'merge'), head, by: world.accounts.keeper };
  await mergePull(world, state, pull, wish);
  return empty(303, { location: `/${state.owner}/${state.name}/pulls/${pull.number}` });
}

async function outcomeSection(
  world: World,
  state: RepositoryState,
  pull: Pull,
  heads: PullHeads | undefined,
): Promise<Html> {
  const base = `/${state.owner}/${state.name}`;
  if (pull.state === 'merged' && pull.mergeCommit !== undefined) {
    return html`<h2>Merged</h2><div class="card action"><span class="grow">By ${pull.mergedBy}, ${time(pull.mergedAt ?? '')}, as <a class="id" href="${base}/commit/${pull.mergeCommit}">${shortId(pull.mergeCommit)}</a></span></div>`;
  }
  if (pull.state !== 'open' || heads === undefined) return html``;
  const reason = await whyNotYet(world, state, pull);
  if (reason !== undefined) {
    const words = reason === 'Please try again later' ? 'The branches conflict' : reason;
    return html`<h2>Merge</h2><div class="card action"><span class="badge pending">not yet</span><span>${words}.</span></div>`;
  }
  return html`<h2>Merge</h2><form class="card action" method="post" action="${base}/pulls/${pull.number}/merge">
<input type="hidden" name="head" value="${heads.head}"><button type="submit">Merge into ${pull.base}</button>
<span class="soft">A merge commit of ${shortId(heads.head)}; there is no conflict.</span></form>`;
}
