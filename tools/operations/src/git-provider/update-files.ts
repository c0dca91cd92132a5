import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GitProvider } from '@luban-ci/conventions';
import { InputError } from '@luban-ci/core';
import { providerIn, withProvider } from './with-provider.ts';

const config = 'manifests/base/luban-config.yaml';

/**
 * Gives every template of a checkout this default provider; without one, what its luban-config says.
 *
 * @returns the files that have changed, or with `isCheck` would change
 * @throws InputError for a provider that nobody knows
 */
export async function updateFiles(
  root: string,
  { provider: given, isCheck }: { provider: string | undefined; isCheck: boolean },
): Promise<{ provider: GitProvider; changed: string[] }> {
  const provider = await chosen(root, given);
  const names = (await readdir(join(root, 'workflows'))).toSorted();
  const templates = names.filter((name) => name.endsWith('-template')).map((name) => `workflows/${name}/template.yaml`);
  const changed: string[] = [];
  for (const path of [config, ...templates]) {
    const before = await readFile(join(root, path), 'utf8');
    const after = withProvider(before, path, provider);
    if (after === before) continue;
    changed.push(path);
    if (!isCheck) await writeFile(join(root, path), after);
  }
  return { provider, changed };
}

async function chosen(root: string, given: string | undefined): Promise<GitProvider> {
  const named = given ? GitProvider.safeParse(given) : undefined;
  if (named?.success) return named.data;
  if (named !== undefined)
    throw new InputError(`PROVIDER is "${given}"; expected one of ${GitProvider.options.join(', ')}`);
  const configured = providerIn(await readFile(join(root, config), 'utf8'), config);
  if (configured !== undefined) return configured;
  throw new InputError(`PROVIDER is missing, and ${config} has no default_git_provider`);
}
