import { readdir, readFile } from 'node:fs/promises';
import { type Capability, InputError, secret } from '@luban-ci/core';
import type { CredentialLookup, RegistryClient } from '@luban-ci/images';
import { z } from 'zod';

const inputs = z.object({
  dockerConfig: z
    .string()
    .optional()
    .describe('Path of a docker config.json, or of a folder that holds one, with credentials for registries.'),
  registryUsername: z.string().optional().describe('User name at the registry, where there is no docker config.'),
  registryPassword: secret(z.string().describe('Password or token at the registry.')).optional(),
});

export const registryCapability: Capability<typeof inputs.shape, RegistryClient> = {
  id: 'registry',
  summary: 'Reads and writes images in container registries.',
  inputs,
  create: async (given, ctx) => {
    const { createRegistryClient } = await import('@luban-ci/images');
    const { clock, log, signal } = ctx;
    return createRegistryClient({ clock, log, signal, credentials: await credentialsFrom(given) });
  },
};

async function credentialsFrom(given: z.output<typeof inputs>): Promise<CredentialLookup | undefined> {
  const { registryUsername: username, registryPassword: password } = given;
  if (username !== undefined && password !== undefined) return () => ({ kind: 'basic', username, password });
  if (given.dockerConfig === undefined) return undefined;
  const { credentialsFromDockerConfig } = await import('@luban-ci/images');
  return credentialsFromDockerConfig(await readDockerConfig(given.dockerConfig));
}

/** A mounted Secret of type `kubernetes.io/dockerconfigjson` is a folder with one file of that name, or with none. */
async function readDockerConfig(path: string): Promise<string> {
  const places = [path, `${path}/.dockerconfigjson`, `${path}/config.json`];
  for (const place of places) {
    const text = await readFile(place, 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
  if ((await readdir(path).catch(() => undefined))?.length === 0) return '{}';
  throw new InputError(`There is no docker configuration at ${path}`, [
    { field: 'dockerConfig', expected: 'expected a config.json, or a folder that holds one' },
  ]);
}
