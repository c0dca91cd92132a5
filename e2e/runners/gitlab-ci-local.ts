import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { temporaryFolder, writeTree } from '@luban-ci/testing';
import { stringify } from 'yaml';
import { proxiesThatNobodyServes } from './loopback-alone.ts';

export interface GitlabCiOptions {
  /** Absolute path of a clone; its origin is the GitLab that components come from. */
  checkout: string;
  /** Absolute path of a folder with the programs of the jobs' image. */
  programs: string;
  /** Variables of the project, the masked ones too. */
  variables: Readonly<Record<string, string>>;
  /** Variables of the environment with which git may read the origin. */
  gitAccess: Readonly<Record<string, string>>;
}

export interface GitlabCiRun {
  exitCode: number;
  /** `PASS` or `FAIL` by job. */
  jobs: Record<string, string>;
  /** By job, where it is not 0. */
  exitCodes: Record<string, number>;
  /** What gitlab-ci-local told, and in it what the jobs said. */
  told: string;
  /** What a job said. */
  said(job: string): Promise<string>;
  /** The dotenv report of a job, as it stands in the file. */
  report(job: string): Promise<Record<string, string>>;
}

/** Runs the pipeline of a clone on this machine, without containers, each job in a copy of the work tree. */
export async function runGitlabCi(options: GitlabCiOptions): Promise<GitlabCiRun> {
  await using home = await temporaryFolder();
  await writeTree(home.path, { '.gitlab-ci-local/variables.yml': stringify({ global: options.variables }) });
  const entry = new URL('../../node_modules/gitlab-ci-local/dist/index.js', import.meta.url).pathname;
  const { PATH, ...plain } = plainEnvironment();
  const ended = await runProgram(
    process.execPath,
    [entry, '--home', home.path, '--force-shell-executor', '--shell-isolation', '--concurrency', '2', '--no-color'],
    {
      cwd: options.checkout,
      env: {
        ...{ ...plain, ...proxiesThatNobodyServes, ...options.gitAccess, PATH: `${options.programs}:${PATH}` },
        ...{ HOME: home.path, TMPDIR: home.path },
      },
      timeoutSeconds: 240,
      endGroupAfterSeconds: 5,
    },
  );
  const state = join(options.checkout, '.gitlab-ci-local');
  return {
    exitCode: ended.exitCode,
    jobs: Object.fromEntries(
      [...ended.stdout.matchAll(/^ (PASS|FAIL) +(\S+)/gm)].map(([, result, job]) => [job ?? '', result ?? '']),
    ),
    exitCodes: Object.fromEntries(
      [...ended.stderr.matchAll(/^(\S+) +finished in .* FAIL (\d+)/gm)].map(([, job, code]) => [
        job ?? '',
        Number(code),
      ]),
    ),
    told: `${ended.stdout}${ended.stderr}`,
    said: (job) => readFile(join(state, 'output', `${job}.log`), 'utf8'),
    report: async (job) =>
      assignmentsIn(await readFile(join(state, 'artifacts', job, '.gitlab-ci-reports/dotenv/luban.env'), 'utf8')),
  };
}

function assignmentsIn(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line !== '');
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s)).map(([name = '', value = '']) => [name, value]));
}

/** A `luban` as the image has it, of its program. The shell executor names the folder of a container that is not there. */
export async function writeLuban(programs: string, program: string): Promise<void> {
  const script = `#!/bin/sh\nCI_PROJECT_DIR="$PWD" exec '${process.execPath}' '${program}' "$@"\n`;
  await writeFile(join(programs, 'luban'), script, { mode: 0o755 });
}
