import { newestStatuses } from '../forge/statuses.ts';
import { type World, webUrlOf } from '../forge/world.ts';
import { type CommitInfo, listCommits, listTips, type Tip } from '../git/git-repository.ts';
import type { Pull, RepositoryState } from '../repository-state.ts';
import type { Reply } from '../server/reply.ts';
import { commitRows } from './commit-pages.ts';
import { type Html, html } from './html.ts';
import { pageReply, shortId, time } from './layout.ts';

const newestCommits = 15;

export async function repositoriesPage(world: World): Promise<Reply> {
  const states = await world.store.list();
  const rows = await Promise.all(states.map((state) => repositoryRow(world, state)));
  const body = html`<h1>Repositories</h1>
<p class="soft lead">Everything here lives in a folder of this machine, and only this machine can reach it.</p>
<div class="card">${rows.length === 0 ? html`<div class="empty">There is no repository yet.</div>` : rows}</div>`;
  return pageReply({ title: 'Repositories', trail: [], body });
}

export async function repositoryPage(world: World, state: RepositoryState): Promise<Reply> {
  const folder = world.store.gitFolder(state.owner, state.name);
  const tips = await listTips(folder);
  const shown = tips.find(({ name }) => name === state.defaultBranch) ?? tips[0];
  const commits = shown === undefined ? [] : await listCommits(folder, [shown.commit], newestCommits);
  const body = html`<h1>${state.owner}/${state.name}</h1>
<p class="soft lead">${state.description || 'No description'}</p>
<code class="clone">git clone ${webUrlOf(world, state)}.git</code>
<h2>Pull requests</h2>
<div class="card">${pullRows(state)}</div>
<h2>Branches</h2>
<div class="card">${tips.length === 0 ? html`<div class="empty">Nothing has been pushed yet.</div>` : tips.map((tip) => branchRow(state, tip))}</div>
${shown === undefined ? '' : commitsSection(state, shown, commits)}`;
  return pageReply({ title: `${state.owner}/${state.name}`, trail: trailOf(state), body });
}

export function trailOf(state: RepositoryState): { label: string; href: string }[] {
  return [{ label: `${state.owner}/${state.name}`, href: `/${state.owner}/${state.name}` }];
}

/** A branch's name inside a path: its slashes stay. */
export function branchPath(branch: string): string {
  return branch.split('/').map(encodeURIComponent).join('/');
}

export function statusBadges(state: RepositoryState, commit: string): Html[] {
  return newestStatuses(state, commit).map(
    (status) =>
      html` <span class="badge ${status.state}" title="${status.description}">${status.context}: ${status.state}</span>`,
  );
}

async function repositoryRow(world: World, state: RepositoryState): Promise<Html> {
  const tips = await listTips(world.store.gitFolder(state.owner, state.name));
  const open = state.pulls.filter((pull) => pull.state === 'open').length;
  const badge =
    open === 0
      ? ''
      : html` <span class="badge open">${open} open ${open === 1 ? 'pull request' : 'pull requests'}</span>`;
  return html`<div class="row"><div class="grow"><a class="title" href="/${state.owner}/${state.name}">${state.owner}/${state.name}</a>${badge}
<div class="soft">${state.description}</div></div><div class="end">${tips.length} ${tips.length === 1 ? 'branch' : 'branches'}</div></div>`;
}

function pullRows(state: RepositoryState): Html | Html[] {
  if (state.pulls.length === 0) return html`<div class="empty">There is none.</div>`;
  return state.pulls.toReversed().map(
    (pull: Pull) => html`<div class="row"><span class="badge ${pull.state}">${pull.state}</span>
<div class="grow"><a class="title" href="/${state.owner}/${state.name}/pulls/${pull.number}">${pull.title}</a>
<div class="soft"><code>${pull.head}</code> → <code>${pull.base}</code></div></div><div class="end">#${pull.number} · ${time(pull.createdAt)}</div></div>`,
  );
}

function branchRow(state: RepositoryState, tip: Tip): Html {
  const isProtected = state.protections.some(({ branch }) => branch === tip.name);
  const marks = [
    tip.name === state.defaultBranch ? html` <span class="badge plain">default</span>` : '',
    isProtected ? html` <span class="badge pending">protected</span>` : '',
  ];
  const base = `/${state.owner}/${state.name}`;
  return html`<div class="row"><div class="grow"><a class="title" href="${base}/commits/${branchPath(tip.name)}">${tip.name}</a>${marks}${statusBadges(state, tip.commit)}</div>
<div class="end"><a class="id" href="${base}/commit/${tip.commit}">${shortId(tip.commit)}</a></div></div>`;
}

function commitsSection(state: RepositoryState, tip: Tip, commits: readonly CommitInfo[]): Html {
  const all = `/${state.owner}/${state.name}/commits/${branchPath(tip.name)}`;
  return html`<h2>Newest commits on ${tip.name}</h2><div class="card">${commitRows(state, commits)}</div>
<p><a href="${all}">More commits of ${tip.name}</a></p>`;
}
