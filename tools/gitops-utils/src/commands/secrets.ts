import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type LubanConfig, parseLubanConfig, platformNamespace } from '@luban-ci/conventions';
import { type ExitCode, exitCodes, InputError } from '@luban-ci/core';
import type { Surroundings } from '@luban-ci/hosts';
import { ensureObject, type Mark, removeObject, type WantedObject, type WritableKube } from '@luban-ci/kube';
import { createKube } from '@luban-ci/kube/client';
import { z } from 'zod';
import { readEnvFiles } from '../secrets/env-file.ts';
import type { GivenSecrets } from '../secrets/secret-rules.ts';
import { wantedSecrets } from '../secrets/wanted-secrets.ts';

const mark: Mark = { step: 'secrets', owner: platformNamespace };
const Config = z.object({ data: z.record(z.string(), z.string()).default({}) });

/**
 * `luban secrets [folder]`: ensures the platform's Secrets from a folder with `*.env` files, keys and certificates. With
 * `--dry-run` it says what would change, and with `--remove` takes away what it made.
 */
export async function secretsCommand(around: Surroundings): Promise<ExitCode> {
  const { folder, kubeconfig, dryRun, remove } = readOptions(around);
  const kube = createKube({ kubeconfig });
  const { secrets, issues } = wantedSecrets(await readGiven(folder), await configIn(kube), platformNamespace);
  if (issues.length > 0) throw new InputError(`What is in ${folder} cannot be used, and nothing was written`, issues);
  for (const secret of secrets) {
    const done = remove
      ? await removeObject(kube, objectName(secret), { mark, dryRun })
      : await ensureObject(kube, secret, { mark, dryRun });
    around.writeErr(`${dryRun ? 'would be ' : ''}${done.outcome}: ${done.name}\n`);
  }
  around.writeErr(`${secrets.length} Secrets of ${folder}${dryRun ? '; nothing was written' : ''}\n`);
  return exitCodes.done;
}

function readOptions({ argv, cwd, env }: Surroundings) {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { 'dry-run': flag, remove: flag, kubeconfig: { type: 'string' } },
    });
    return {
      folder: resolve(cwd, positionals[0] ?? 'secrets'),
      // As kubectl finds it.
      kubeconfig: values.kubeconfig ?? env['KUBECONFIG'] ?? join(homedir(), '.kube/config'),
      dryRun: values['dry-run'],
      remove: values.remove,
    };
  } catch (cause) {
    throw new InputError('luban secrets takes a folder, --dry-run, --remove and --kubeconfig', [], { cause });
  }
}

/** @throws InputError when the folder cannot be read, or has lines that say nothing */
async function readGiven(folder: string): Promise<GivenSecrets> {
  const names = await readdir(folder).catch((cause) => {
    throw new InputError(`There is no folder ${folder}`, [], {
      cause,
      hint: 'The administrator’s guide says which files go into it.',
    });
  });
  const texts = names.filter((name) => name.endsWith('.env') || isFile(name));
  const all = await Promise.all(texts.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const));
  const { values, issues } = readEnvFiles(new Map(all.filter(([name]) => name.endsWith('.env'))));
  if (issues.length > 0) throw new InputError(`What is in ${folder} cannot be read, and nothing was written`, issues);
  return { values, files: new Map(all.filter(([name]) => isFile(name))) };
}

function isFile(name: string): boolean {
  return ['azure_id_rsa', 'ado_id_rsa', 'known_hosts', 'ca.crt'].includes(name);
}

async function configIn(kube: WritableKube): Promise<LubanConfig> {
  const name = { apiVersion: 'v1', kind: 'ConfigMap', name: 'luban-config', namespace: platformNamespace };
  return parseLubanConfig(Config.parse((await kube.read(name)) ?? {}).data);
}

function objectName({ apiVersion, kind, metadata: { name, namespace } }: WantedObject) {
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}
