import type { ActionRun } from './run-action.ts';

/** Texts that differ from run to run, with what stands for them. */
export type Stable = Readonly<Record<string, string>>;

/** A run as a page to read: what the action said, what it wrote, what it asked the network for. */
export function transcript(run: ActionRun, requests: readonly string[], stable: Stable): string {
  const outputs = Object.entries(run.outputs).map(([name, value]) => `${name}=${value}`);
  const parts = {
    'exit code': `${run.exitCode}`,
    'what it said': `${run.stdout}${run.stderr}`.trimEnd(),
    outputs: outputs.join('\n'),
    summary: run.summary.trimEnd(),
    'what it asked the network for': requests.filter(isNewsOfGit).join('\n'),
  };
  const page = Object.entries(parts).map(([title, text]) => `== ${title}\n${text}\n`);
  return withStable(page.join('\n'), stable);
}

/** How often git repeats a request is up to its version; whoever talks to an API is taken at the word. */
function isNewsOfGit(request: string, index: number, requests: readonly string[]): boolean {
  return !request.includes('.git/') || requests.indexOf(request) === index;
}

function withStable(text: string, stable: Stable): string {
  const known = Object.entries(stable).reduce((so, [varying, name]) => so.replaceAll(varying, name), text);
  return known
    .replace(/\b[0-9a-f]{40}\b/g, '<commit>')
    .replace(/\b[0-9a-f]{7}\.\.[0-9a-f]{7}\b/g, '<blob>..<blob>')
    .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\b/g, '<time>')
    .replace(/\b\d+(\.\d+)? m?s\b/g, '<duration>');
}
