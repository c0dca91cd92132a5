import { z } from 'zod';

/** What became of one step of a job, as the runner saw it. */
export interface ActStep {
  job: string;
  /** Its `id`, else its number from 0. */
  id: string;
  /** `success`, `failure` or `skipped`. */
  result: string;
  /** Of the program, where it is not 0. */
  exitCode: number;
  outputs: Record<string, string>;
  /** What it wrote into the job summary. */
  summary: string;
  /** Warnings and errors that are shown beside the job: `error: …`. */
  annotations: string[];
  /** Its log; a group is one line `▸ <name>`, its end `◂`. */
  said: string;
}

export interface ActLog {
  /** Result by job; of a job that calls another workflow's jobs, by both. */
  jobs: Record<string, string>;
  steps: ActStep[];
  /** Everything that a person could read, and every output; all but the commands that name a secret to hide. */
  told: string;
}

/** A line of `act --json`. A command of the program, such as `set-output`, has its name and its argument apart. */
const Line = z.looseObject({
  msg: z.string().default(''),
  jobID: z.string().default(''),
  job: z.string().default(''),
  stepID: z.array(z.string()).default([]),
  stepResult: z.string().optional(),
  jobResult: z.string().optional(),
  command: z.string().optional(),
  name: z.string().default(''),
  arg: z.string().default(''),
  content: z.string().default(''),
  raw: z.string().default(''),
  raw_output: z.boolean().default(false),
});
type Line = z.output<typeof Line>;

/** Reads what `act --json` writes to standard output. */
export function readActLog(text: string): ActLog {
  const lines = text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => Line.parse(JSON.parse(line)));
  const ids = [...new Set(lines.filter(({ stepID }) => stepID.length > 0).map(keyOf))];
  return {
    jobs: Object.fromEntries(lines.flatMap(({ jobID, jobResult }) => (jobResult ? [[jobID, jobResult]] : []))),
    steps: ids.map((id) => stepOf(lines.filter((line) => keyOf(line) === id))),
    told: lines
      .filter(({ command }) => command !== 'add-mask')
      .map((line) => JSON.stringify(line))
      .join('\n'),
  };
}

/** @throws Error when the runner saw no step of that id */
export function stepIn(log: ActLog, id: string): ActStep {
  const step = log.steps.find((each) => each.id === id);
  if (step === undefined) throw new Error(`no step is called ${id}; there are ${log.steps.map((each) => each.id)}`);
  return step;
}

/** Jobs of called workflows may have the same id; their names begin with that of the calling job. */
function keyOf({ job, stepID }: Line): string {
  return [job, ...stepID].join(' ');
}

function stepOf(lines: readonly Line[]): ActStep {
  const of = (command: string): Line[] => lines.filter((line) => line.command === command);
  return {
    job: lines[0]?.jobID ?? '',
    id: lines[0]?.stepID.join('/') ?? '',
    result: lines.findLast(({ stepResult }) => stepResult !== undefined)?.stepResult ?? 'skipped',
    exitCode: Number(lines.map(({ msg }) => /^exit status (\d+)$/.exec(msg)?.[1]).find(Boolean) ?? 0),
    outputs: Object.fromEntries(of('set-output').map(({ name, arg }) => [name, arg])),
    summary: of('summary')
      .map(({ content }) => content)
      .join(''),
    annotations: ['warning', 'error'].flatMap((level) => of(level).map(({ arg }) => `${level}: ${arg}`)),
    said: lines.map(saidIn).join(''),
  };
}

function saidIn({ command, arg, msg, raw, raw_output }: Line): string {
  if (command === 'group') return `▸ ${arg}\n`;
  if (command === 'endgroup') return '◂\n';
  if (command === 'ignored') return raw; // told while commands are stopped
  return raw_output ? msg : '';
}
