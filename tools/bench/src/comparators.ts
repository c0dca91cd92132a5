import { access, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '@luban-ci/core';
import { plainEnvironment, runProgram } from '@luban-ci/process';

/** Path of a program or module, or why it is not here. */
export type Found = { path: string } | { missing: string };

export interface Comparators {
  /** Python of an environment that has ruamel.yaml. */
  python: Found;
  /** The yq that is a wrapper of jq, in Python. */
  pythonYq: Found;
  /** Mike Farah's yq, in Go. */
  goYq: Found;
  kustomize: Found;
  /** The module js-yaml, to be imported. */
  jsYaml: Found;
  /** The module semver, to be imported. */
  semver: Found;
}

/** Bought through their own package managers, once, at these versions. */
const wanted = {
  python: ['ruamel.yaml==0.18.16', 'yq==3.4.3'],
  goYq: 'github.com/mikefarah/yq/v4@v4.47.2',
  kustomize: 'sigs.k8s.io/kustomize/kustomize/v5@v5.7.1',
  jsYaml: 'js-yaml@4.1.0',
  semver: 'semver@7.7.3',
};

/** Kept between runs, outside the repository. */
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'luban-bench');

/** What the benchmarks compare with, installed where it can be; what cannot is named with the reason. */
export async function findComparators(say: (line: string) => void): Promise<Comparators> {
  await mkdir(cache, { recursive: true });
  const venv = join(cache, 'python');
  const python = await installed('python3', join(venv, 'bin/ruamel-is-here'), say, async () => {
    await run('python3', ['-m', 'venv', venv]);
    await run(join(venv, 'bin/pip'), ['install', '--quiet', ...wanted.python]);
    await run('touch', [join(venv, 'bin/ruamel-is-here')]);
  });
  // Not the python3 of PATH: that may be a script which looks for one.
  const interpreter: Found = 'missing' in python ? python : { path: join(venv, 'bin/python3') };
  const go = (program: string, module: string): Promise<Found> =>
    installed(program, join(cache, 'go', program), say, () =>
      run('go', ['install', module], { GOBIN: join(cache, 'go'), GOFLAGS: '-mod=mod', GOPATH: join(cache, 'gopath') }),
    );
  return {
    python: interpreter,
    pythonYq: 'missing' in python ? python : await needing('jq', join(venv, 'bin/yq')),
    goYq: await go('yq', wanted.goYq),
    kustomize: await go('kustomize', wanted.kustomize),
    jsYaml: await installed('js-yaml', join(cache, 'npm/node_modules/js-yaml/index.js'), say, () =>
      run('npm', ['install', '--silent', '--prefix', join(cache, 'npm'), wanted.jsYaml]),
    ),
    semver: await installed('semver', join(cache, 'npm/node_modules/semver/index.js'), say, () =>
      run('npm', ['install', '--silent', '--prefix', join(cache, 'npm'), wanted.semver]),
    ),
  };
}

async function installed(
  name: string,
  path: string,
  say: (line: string) => void,
  install: () => Promise<void>,
): Promise<Found> {
  if (await isThere(path)) return { path };
  say(`installing ${name} into ${cache} …`);
  return install().then(() => ({ path }), missing);
}

async function needing(program: string, path: string): Promise<Found> {
  return run(program, ['--version']).then(() => ({ path }), missing);
}

function missing(reason: unknown): Found {
  return { missing: messageOf(reason).split('\n')[0] ?? '' };
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function run(program: string, args: readonly string[], more: Record<string, string> = {}): Promise<void> {
  const env = { ...plainEnvironment(), ...configured(process.env), ...more };
  const ended = await runProgram(program, args, { cwd: cache, env, timeoutSeconds: 150 });
  if (ended.exitCode !== 0)
    throw new Error(`${program} ${args[0]} failed: ${ended.stderr.trim() || ended.stdout.trim()}`);
}

/** Where package managers look for packages, and their certificates: as this machine has it. */
function configured(environment: NodeJS.ProcessEnv): Record<string, string> {
  const names =
    /^(GOPROXY|GONOSUMDB|GOSUMDB|GOFLAGS|GOCACHE|PIP_.*|npm_config_.*|NPM_CONFIG_.*|.*_PROXY|.*_proxy|NODE_EXTRA_CA_CERTS)$/;
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      names.test(name) && value !== undefined ? [[name, value]] : [],
    ),
  );
}
