import { readFile } from 'node:fs/promises';
import { StepError } from '@luban-ci/core';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { hasProgram } from '@luban-ci/testing';

/**
 * Says what is missing before anything is built.
 *
 * @throws StepError with one sentence, and what to do
 */
export async function checkMachine(path: string): Promise<void> {
  if (process.platform !== 'linux') {
    throw new StepError(`A node of Kubernetes needs Linux, and this is ${process.platform}`, { hint: useMachine });
  }
  if (process.getuid?.() !== 0) {
    throw new StepError('A node makes namespaces and mounts, and this user may not', {
      hint: 'Run it as root: sudo --preserve-env=PATH,HOME make cluster-up',
    });
  }
  const missing = ['apt-get', 'dpkg-deb', 'go', 'perl', 'python3', 'unshare', 'setpriv', 'openssl'].filter(
    (program) => !hasProgram(program, path),
  );
  if (missing.length > 0) {
    throw new StepError(
      `The cluster is built from Debian packages and Go modules, and ${missing.join(', ')} is missing`,
      {
        hint: 'apt-get install golang perl python3-venv util-linux openssl on a Debian or Ubuntu, with Go 1.26 or newer.',
      },
    );
  }
  if (!(await readFile('/proc/filesystems', 'utf8')).includes('overlay')) {
    throw new StepError('The kernel has no overlay file system', { hint: 'modprobe overlay' });
  }
  await checkNamespaces();
}

const useMachine = 'Use a virtual machine with a Debian or Ubuntu.';

async function checkNamespaces(): Promise<void> {
  const all = ['--net', '--mount', '--pid', '--ipc', '--uts', '--cgroup', '--fork'];
  const tried = await runProgram('unshare', [...all, 'true'], { cwd: '/', env: plainEnvironment() });
  if (tried.exitCode === 0) return;
  throw new StepError(`The kernel gives no namespaces here: ${tried.stderr.trim()}`, {
    hint: 'In a container: start it privileged, with a cgroup namespace of its own; else use a virtual machine.',
  });
}
