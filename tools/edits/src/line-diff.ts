/** A stretch of lines that both texts have, or that only one of them has. */
export interface LineRun {
  kind: 'same' | 'removed' | 'added';
  lines: string[];
}

/** Above this many comparisons the middle is shown as replaced as a whole: still right, only longer. */
const mostComparisons = 4_000_000;

/** The shortest way from one list of lines to another, by their longest common subsequence. */
export function lineDiff(before: readonly string[], after: readonly string[]): LineRun[] {
  const start = sharedLength(before, after);
  const room = Math.min(before.length, after.length) - start;
  const end = Math.min(room, sharedLength(before.toReversed(), after.toReversed()));
  const removed = before.slice(start, before.length - end);
  const added = after.slice(start, after.length - end);
  const middle = removed.length * added.length <= mostComparisons ? shortest(removed, added) : replaced(removed, added);
  return joined([run('same', before.slice(0, start)), ...middle, run('same', before.slice(before.length - end))]);
}

function run(kind: LineRun['kind'], lines: readonly string[]): LineRun {
  return { kind, lines: [...lines] };
}

function replaced(removed: readonly string[], added: readonly string[]): LineRun[] {
  return [run('removed', removed), run('added', added)];
}

function sharedLength(left: readonly string[], right: readonly string[]): number {
  const differing = left.findIndex((line, at) => line !== right[at]);
  return differing === -1 ? left.length : differing;
}

function shortest(before: readonly string[], after: readonly string[]): LineRun[] {
  const common = commonLengths(before, after);
  const width = after.length + 1;
  const runs: LineRun[] = [];
  let [x, y] = [0, 0];
  while (x < before.length && y < after.length) {
    if (before[x] === after[y]) {
      runs.push(run('same', [before[x] ?? '']));
      x += 1;
      y += 1;
    } else if ((common[(x + 1) * width + y] ?? 0) >= (common[x * width + y + 1] ?? 0)) {
      runs.push(run('removed', [before[x] ?? '']));
      x += 1;
    } else {
      runs.push(run('added', [after[y] ?? '']));
      y += 1;
    }
  }
  return [...runs, ...replaced(before.slice(x), after.slice(y))];
}

/** At `x * (after.length + 1) + y`: the length of the longest common subsequence of what follows `x` and `y`. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let x = before.length - 1; x >= 0; x -= 1) {
    for (let y = after.length - 1; y >= 0; y -= 1) {
      const down = lengths[(x + 1) * width + y] ?? 0;
      const right = lengths[x * width + y + 1] ?? 0;
      const both = (lengths[(x + 1) * width + y + 1] ?? 0) + 1;
      lengths[x * width + y] = before[x] === after[y] ? both : Math.max(down, right);
    }
  }
  return lengths;
}

function joined(runs: readonly LineRun[]): LineRun[] {
  return runs.reduce<LineRun[]>((done, next) => {
    const last = done.at(-1);
    if (last?.kind === next.kind) last.lines.push(...next.lines);
    else if (next.lines.length > 0) done.push(run(next.kind, next.lines));
    return done;
  }, []);
}
