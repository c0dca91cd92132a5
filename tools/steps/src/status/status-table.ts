import type { Deployment } from '../environments/deployments.ts';

export interface TableMarks {
  /** Columns, in the order of promotion. */
  environments: readonly string[];
  /** Places that wait for a promotion. */
  waiting: readonly Place[];
  /** Places where something does not fit. */
  findings: readonly Place[];
}

interface Place {
  application: string;
  environment: string;
}

/** Longer texts would push the other columns off the screen. */
const widest = 40;

/** Applications in lines, environments in columns; a line for each image where an application has several. */
export function statusTable(deployments: readonly Deployment[], marks: TableMarks): string[] {
  if (deployments.length === 0) return [];
  const rows = [['application', ...marks.environments]];
  const byApplication = [...Map.groupBy(deployments, (each) => each.application)];
  for (const [application, own] of byApplication.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const columns = marks.environments.map((environment) => own.filter((each) => each.environment === environment));
    const lines = Math.max(...columns.map(({ length }) => length));
    for (let line = 0; line < lines; line += 1) {
      const cells = columns.map((column) => cellOf(column[line], marks));
      rows.push([line === 0 ? cut(application) : '', ...cells]);
    }
  }
  return aligned(rows);
}

function cellOf(deployment: Deployment | undefined, marks: TableMarks): string {
  if (deployment === undefined) return '';
  if (deployment.state === 'placeholder') return '–';
  const { tag, digest, sourceCommit, since } = deployment;
  const known = [tag ?? digest?.slice(0, 19) ?? '', sourceCommit?.slice(0, 7), since?.slice(0, 10)];
  return [...known.flatMap((part) => (part === undefined ? [] : [cut(part)])), markOf(deployment, marks)]
    .filter((part) => part !== '')
    .join(' ');
}

function markOf(deployment: Deployment, { waiting, findings }: TableMarks): string {
  const isHere = ({ application, environment }: Place): boolean =>
    application === deployment.application && environment === deployment.environment;
  if (deployment.state === 'unrecorded') return '?';
  if (deployment.state === 'by hand' || findings.some(isHere)) return '!';
  return waiting.some(isHere) ? '↑' : '';
}

function cut(text: string): string {
  return text.length > widest ? `${text.slice(0, widest - 1)}…` : text;
}

function aligned(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
