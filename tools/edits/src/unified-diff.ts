import type { Changes, Files, RepositoryFile } from './files.ts';
import { type LineRun, lineDiff } from './line-diff.ts';

const contextLines = 3;

/** One line of a diff with the numbers of the lines before it in both texts. */
interface DiffLine {
  sign: ' ' | '-' | '+';
  line: string;
  before: number;
  after: number;
}

/** The changes as `git apply` takes them and people read them, files in the order of their paths. */
export function unifiedDiff(files: Files, changes: Changes): string {
  const paths = [...changes.keys()].sort();
  return paths.map((path) => fileDiff(path, files.get(path), changes.get(path))).join('');
}

function fileDiff(path: string, before: RepositoryFile | undefined, after: RepositoryFile | undefined): string {
  const head = [`diff --git a/${path} b/${path}\n`, ...modeLines(before, after)].join('');
  if ([before, after].some((file) => file?.bytes.includes(0) === true)) {
    return `${head}Binary files ${nameOf(before, `a/${path}`)} and ${nameOf(after, `b/${path}`)} differ\n`;
  }
  const body = hunksOf(before, after);
  if (body === '') return head;
  return `${head}--- ${nameOf(before, `a/${path}`)}\n+++ ${nameOf(after, `b/${path}`)}\n${body}`;
}

function modeLines(before: RepositoryFile | undefined, after: RepositoryFile | undefined): string[] {
  if (before === undefined) return [`new file mode ${modeOf(after)}\n`];
  if (after === undefined) return [`deleted file mode ${modeOf(before)}\n`];
  return before.executable === after.executable ? [] : [`old mode ${modeOf(before)}\n`, `new mode ${modeOf(after)}\n`];
}

function modeOf(file: RepositoryFile | undefined): string {
  return file?.executable === true ? '100755' : '100644';
}

function nameOf(file: RepositoryFile | undefined, name: string): string {
  return file === undefined ? '/dev/null' : name;
}

function hunksOf(before: RepositoryFile | undefined, after: RepositoryFile | undefined): string {
  const lines = numbered(lineDiff(linesOf(before), linesOf(after)));
  const changed = lines.flatMap(({ sign }, at) => (sign === ' ' ? [] : [at]));
  return spansOf(changed, lines.length)
    .map(([start, end]) => hunk(lines.slice(start, end)))
    .join('');
}

/** Lines keep their newline, so that a missing one at the end is a difference too. */
function linesOf(file: RepositoryFile | undefined): string[] {
  const text = file === undefined ? '' : new TextDecoder('utf-8', { ignoreBOM: true }).decode(file.bytes);
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function numbered(runs: readonly LineRun[]): DiffLine[] {
  const signs = { same: ' ', removed: '-', added: '+' } as const;
  const lines: DiffLine[] = [];
  let [before, after] = [0, 0];
  for (const { kind, lines: texts } of runs) {
    for (const line of texts) {
      lines.push({ sign: signs[kind], line, before, after });
      if (kind !== 'added') before += 1;
      if (kind !== 'removed') after += 1;
    }
  }
  return lines;
}

/** Start and end of each hunk: changed lines with their context, those that touch joined. */
function spansOf(changed: readonly number[], length: number): [number, number][] {
  return changed.reduce<[number, number][]>((spans, at) => {
    const [start, end] = [Math.max(0, at - contextLines), Math.min(length, at + contextLines + 1)];
    const last = spans.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = end;
    else spans.push([start, end]);
    return spans;
  }, []);
}

function hunk(lines: readonly DiffLine[]): string {
  const removed = lines.filter(({ sign }) => sign !== '+').length;
  const added = lines.filter(({ sign }) => sign !== '-').length;
  const [first] = lines;
  const range = (start: number, count: number): string => `${count === 0 ? start : start + 1},${count}`;
  const head = `@@ -${range(first?.before ?? 0, removed)} +${range(first?.after ?? 0, added)} @@\n`;
  return (
    head +
    lines
      .map(({ sign, line }) => sign + (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`))
      .join('')
  );
}
