import { readFile } from 'node:fs/promises';
import { InputError } from '@luban-ci/core';
import { runProgram } from '@luban-ci/process';
import { hasProgram } from '@luban-ci/testing';
import { kubeEnvironment } from '../kube-context.ts';

/**
 * With what deliveries are proven: as given, else as it stands in a file, else in the cluster of the current kube context.
 *
 * @throws InputError saying where it could come from
 */
export async function webhookSecret(machine: NodeJS.ProcessEnv): Promise<string> {
  const { WEBHOOK_SECRET: given, WEBHOOK_SECRET_FILE: file } = machine;
  if (given) return given;
  if (file) return (await readFile(file, 'utf8').catch((cause) => unreadable(file, cause))).trim();
  const found = hasProgram('kubectl', machine['PATH'] ?? '') ? await fromCluster(machine) : '';
  if (found !== '') return found;
  throw new InputError('Nothing says with what the delivery is to be proven', [], {
    hint: 'Give WEBHOOK_SECRET or WEBHOOK_SECRET_FILE, or set a kube context whose luban-ci has the Secret webhook-secret ("make events-webhook-secret").',
  });
}

async function fromCluster(machine: NodeJS.ProcessEnv): Promise<string> {
  const args = ['-n', 'luban-ci', 'get', 'secret', 'webhook-secret', '-o', 'jsonpath={.data.secret}'];
  const { exitCode, stdout } = await runProgram('kubectl', args, {
    cwd: '/',
    env: kubeEnvironment(machine),
    timeoutSeconds: 30,
  });
  return exitCode === 0 ? Buffer.from(stdout, 'base64').toString('utf8') : '';
}

function unreadable(file: string, cause: unknown): never {
  throw new InputError(`WEBHOOK_SECRET_FILE cannot be read: ${file}`, [], { cause });
}
