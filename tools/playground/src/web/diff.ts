import { runGit } from '../git/git-repository.ts';
import { type Html, html } from './html.ts';

const longestDiff = 400_000;
const mostLinesOfFile = 1500;

/** What changed between two commits, file by file; without `from` it is the first commit of its line. */
export async function diffSection(folder: string, from: string | undefined, to: string): Promise<Html> {
  const options = ['--no-color', '--no-ext-diff', '--no-textconv', '--find-renames', '--unified=3'];
  const args =
    from === undefined
      ? ['diff-tree', '-p', '--root', '--no-commit-id', ...options, to]
      : ['diff', ...options, from, to, '--'];
  const { stdout } = await runGit(folder, args);
  const isCut = stdout.length > longestDiff;
  const files = stdout
    .slice(0, longestDiff)
    .split(/^(?=diff --git )/m)
    .filter(Boolean);
  if (files.length === 0) return html`<div class="card empty">No file differs.</div>`;
  const sum = `${files.length} ${files.length === 1 ? 'file' : 'files'} changed`;
  return html`<h2>${sum}</h2>${files.map(fileSection)}${isCut ? html`<p class="soft">The rest is not shown.</p>` : ''}`;
}

function fileSection(text: string): Html {
  const lines = text.replace(/\n$/, '').split('\n');
  const start = lines.findIndex((line) => line.startsWith('@@'));
  const shown = (start === -1 ? lines.slice(1) : lines.slice(start)).slice(0, mostLinesOfFile);
  return html`<details class="card file" open><summary><code>${nameOf(lines)}</code></summary><div class="diff"><pre style="margin:0">${shown.map(
    (line) => html`<span class="${classOf(line)}">${line === '' ? ' ' : line}</span>`,
  )}</pre></div></details>`;
}

function nameOf(lines: readonly string[]): string {
  const after = lines.find((line) => line.startsWith('+++ b/'))?.slice('+++ b/'.length);
  const before = lines.find((line) => line.startsWith('--- a/'))?.slice('--- a/'.length);
  return (after ?? before ?? lines[0]?.replace(/^diff --git /, '') ?? '').replace(/\t$/, '');
}

function classOf(line: string): string {
  if (line.startsWith('@@')) return 'at';
  if (line.startsWith('+')) return 'add';
  return line.startsWith('-') ? 'del' : '';
}
