import { readdir, readFile } from 'node:fs/promises';
import { InputError, type StepContext } from '@luban-ci/core';
import {
  type CredentialLookup,
  createRegistryClient,
  credentialsFromDockerConfig,
  type RegistryClient,
} from '@luban-ci/images';

interface RegistryAccess {
  dockerConfig?: string | undefined;
  registryUsername?: string | undefined;
  registryPassword?: string | undefined;
}

/** A module of its own, so that the client is loaded only for a step that asks for it. */
export async function openRegistry(given: RegistryAccess, ctx: StepContext): Promise<RegistryClient> {
  const { clock, log, signal } = ctx;
  return createRegistryClient({ clock, log, signal, credentials: await credentialsFrom(given) });
}

async function credentialsFrom(given: RegistryAccess): Promise<CredentialLookup | undefined> {
  const { registryUsername: username, registryPassword: password } = given;
  if (username !== undefined && password !== undefined) return () => ({ kind: 'basic', username, password });
  if (given.dockerConfig === undefined) return undefined;
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
