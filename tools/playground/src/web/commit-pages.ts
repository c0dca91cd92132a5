import { notFound, type World } from '../forge/world.ts';
import { type CommitInfo, listCommits, resolveCommit, tipOf } from '../git/git-repository.ts';
import type { RepositoryState } from '../repository-state.ts';
import type { Reply } from '../server/reply.ts';
import { diffSection } from './diff.ts';
import { type Html, html } from './html.ts';
import { pageReply, shortId, time } from './layout.ts';
import { branchPath, statusBadges, trailOf } from './repository-pages.ts';

const mostCommits = 200;

export async function commitsPage(world: World, state: RepositoryState, branch: string): Promise<Reply> {
  const folder = world.store.gitFolder(state.owner, state.name);
  const tip = await tipOf(folder, branch);
  if (tip === undefined) throw notFound('There is no such branch');
  const commits = await listCommits(folder, [tip], mostCommits);
  const href = `/${state.owner}/${state.name}/commits/${branchPath(branch)}`;
  const body = html`<h1>Commits on ${branch}</h1><p class="soft lead">Newest first, at most ${mostCommits}.</p>
<div class="card">${commitRows(state, commits)}</div>`;
  return pageReply({ title: `Commits on ${branch}`, trail: [...trailOf(state), { label: branch, href }], body });
}

export async function commitPage(world: World, state: RepositoryState, id: string): Promise<Reply> {
  const folder = world.store.gitFolder(state.owner, state.name);
  const commit = await resolveCommit(folder, id);
  const [info] = commit === undefined ? [] : await listCommits(folder, [commit], 1);
  if (info === undefined) throw notFound('There is no such commit');
  const [title = '', ...rest] = info.message.split('\n');
  const details = rest.join('\n').trim();
  const href = `/${state.owner}/${state.name}/commit/${info.id}`;
  const body = html`<h1>${title}</h1>
<p class="soft lead">${info.author.name} · ${time(info.author.date)} · <code>${info.id}</code>${statusBadges(state, info.id)}</p>
${details === '' ? '' : html`<div class="card"><pre class="prose">${details}</pre></div>`}
${await diffSection(folder, info.parents[0], info.id)}`;
  return pageReply({ title, trail: [...trailOf(state), { label: shortId(info.id), href }], body });
}

export function commitRows(state: RepositoryState, commits: readonly CommitInfo[]): Html[] {
  return commits.map((commit) => {
    const href = `/${state.owner}/${state.name}/commit/${commit.id}`;
    return html`<div class="row"><div class="grow"><a href="${href}">${commit.message.split('\n')[0] || '(no message)'}</a>${statusBadges(state, commit.id)}
<div class="soft">${commit.author.name}</div></div><div class="end">${time(commit.author.date)} · <a class="id" href="${href}">${shortId(commit.id)}</a></div></div>`;
  });
}
