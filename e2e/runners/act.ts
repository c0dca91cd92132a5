import { writeFile } from 'node:fs/promises';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { temporaryFolder } from '@luban-ci/testing';
import { type ActLog, readActLog } from './act-log.ts';
import { proxiesThatNobodyServes } from './loopback-alone.ts';

export interface ActOptions {
  /** Absolute path of the checkout that the workflow runs on. */
  checkout: string;
  /** Absolute path of the workflow file. */
  workflow: string;
  /** One job and what it needs; by default all. */
  job?: string;
  /** Payload of the push. */
  event: Readonly<Record<string, unknown>>;
  /** What the runner says about itself, such as `GITHUB_REPOSITORY`. */
  runner: Readonly<Record<string, string>>;
  variables: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, string>>;
  /** Whether act takes secrets out of its log, as GitHub does; without it the log has whatever a program said. */
  masks: boolean;
  /** Absolute path of the folder that stands for `luban-ci/luban-ci@v1`. */
  product: string;
}

export interface ActRun extends ActLog {
  exitCode: number;
}

/**
 * Runs a workflow of GitHub Actions on this machine for a push, without containers and without fetching anything. What
 * act keeps is gone at the end.
 */
export async function runAct(options: ActOptions): Promise<ActRun> {
  await using home = await temporaryFolder();
  const files = {
    eventpath: JSON.stringify(options.event),
    'secret-file': assignments(options.secrets),
    'var-file': assignments(options.variables),
    'env-file': assignments(options.runner),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(home.at(name), text);
  const args = [
    ...['push', '--json', '--workflows', options.workflow],
    ...Object.keys(files).flatMap((name) => [`--${name}`, home.at(name)]),
    ...['ubuntu-latest', 'ubuntu-24.04'].flatMap((label) => ['--platform', `${label}=-self-hosted`]),
    ...['--no-cache-server', '--action-offline-mode', '--local-repository', `luban-ci/luban-ci@v1=${options.product}`],
    ...(options.masks ? [] : ['--insecure-secrets']),
    ...(options.job === undefined ? [] : ['--job', options.job]),
  ];
  const { exitCode, stdout } = await runProgram('act', args, {
    cwd: options.checkout,
    env: { ...plainEnvironment(), ...proxiesThatNobodyServes, HOME: home.path, TMPDIR: home.path },
    timeoutSeconds: 240,
    endGroupAfterSeconds: 5,
  });
  return { exitCode, ...readActLog(stdout) };
}

/** As dotenv files have it; a value in double quotes may hold line ends. */
function assignments(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
    .join('');
}
