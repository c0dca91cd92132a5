import { readdir, readFile } from 'node:fs/promises';
import { InputError, type StepContext } from '@luban-ci/core';
import {
  type CredentialLookup,
  createRegistryClient,
  credentialsFromDockerConfig,
  type RegistryClient,
} from '@luban-ci/images';

interface RegistryAccess {
  registryServer?: string | undefined;
  dockerConfig?: string | undefined;
  registryUsername?: string | undefined;
  registryPassword?: string | undefined;
  registryCache?: string | undefined;
}

/** A module of its own, so that the client is loaded only for a step that asks for it. */
export async function openRegistry(given: RegistryAccess, ctx: StepContext): Promise<RegistryClient> {
  const { clock, log, signal } = ctx;
  const credentials = await credentialsFrom(given);
  return createRegistryClient({ clock, log, signal, credentials, keptIn: given.registryCache });
}

async function credentialsFrom(given: RegistryAccess): Promise<CredentialLookup | undefined> {
  const { registryServer, registryUsername: username, registryPassword: password } = given;
  if ((username === undefined) !== (password === undefined)) throw halfALogin(username === undefined);
  if (username !== undefined && password !== undefined) {
    if (registryServer === undefined) throw nobodysPassword();
    return (registry) => (registry === registryServer ? { kind: 'basic', username, password } : undefined);
  }
  if (given.dockerConfig === undefined) return undefined;
  return credentialsFromDockerConfig(await readDockerConfig(given.dockerConfig));
}

function halfALogin(isUsernameMissing: boolean): InputError {
  const field = isUsernameMissing ? 'registryUsername' : 'registryPassword';
  return new InputError('User name and password of the registry go together', [
    { field, expected: 'required beside the other' },
  ]);
}

/** Base images come from other registries, and a password must not go there. */
function nobodysPassword(): InputError {
  return new InputError('The password could be for any registry', [
    { field: 'registryServer', expected: 'required beside registryUsername: the one registry that gets the password' },
  ]);
}

/** A mounted Secret of type `kubernetes.io/dockerconfigjson` is a folder with one file of that name, or with none. */
async function readDockerConfig(path: string): Promise<string> {
  const places = [path, `${path}/.dockerconfigjson`, `${path}/config.json`];
  for (const place of places) {
    const text = await readFile(place, 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
  const entries = await readdir(path).catch(() => undefined);
  if (entries?.every((name) => name.startsWith('.')) === true) return '{}';
  throw new InputError(`There is no docker configuration at ${path}`, [
    { field: 'dockerConfig', expected: 'expected a config.json, or a folder that holds one' },
  ]);
}
