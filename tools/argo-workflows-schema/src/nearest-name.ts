/** The known name that was probably meant: at most a third of its letters differ. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.ceil(best.candidate.length / 3) ? best.candidate : undefined;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(from: string, to: string): number {
  const first = Array.from({ length: to.length + 1 }, (_, index) => index);
  const last = [...from].reduce((above, letter, row) => nextRow(above, letter, row, to), first);
  return last.at(-1) ?? 0;
}

function nextRow(above: readonly number[], letter: string, row: number, to: string): number[] {
  const current = [row + 1];
  for (const [column, other] of [...to].entries()) {
    const replaced = (above[column] ?? 0) + (other === letter ? 0 : 1);
    current.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
  }
  return current;
}
