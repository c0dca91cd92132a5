import { InputError, StepError } from '@luban-ci/core';
import { z } from 'zod';

export type RegistryCredentials =
  | { kind: 'basic'; username: string; password: string }
  /** An OAuth2 refresh token, exchanged at the registry's token service. */
  | { kind: 'identity-token'; token: string }
  /** A bearer token that is sent as it is. */
  | { kind: 'registry-token'; token: string };

/** Answers the credentials for a registry host, `undefined` for anonymous. */
export type CredentialLookup = (registry: string) => RegistryCredentials | undefined;

const Entry = z.object({
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  identitytoken: z.string().optional(),
  registrytoken: z.string().optional(),
});
const DockerConfig = z.object({
  auths: z
    .record(
      z.string(),
      Entry.nullish().transform((entry) => entry ?? {}),
    )
    .optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
  credsStore: z.string().optional(),
});
type Entry = z.output<typeof Entry>;

/**
 * Credentials from the text of a docker config.json (`kubernetes.io/dockerconfigjson` has the same shape). Keys match as
 * docker does: exactly, else by host alone whatever scheme and path the key has; `docker.io` is `https://index.docker.io/v1/`.
 *
 * @throws InputError when the text is not such a file; the lookup throws StepError for a registry whose credentials are
 *   with a credential helper, or cannot be read
 */
export function credentialsFromDockerConfig(text: string): CredentialLookup {
  const config = parseConfig(text);
  return (registry) => {
    const entry = entryOf(config.auths ?? {}, registry);
    const helper = entryOf(config.credHelpers ?? {}, registry) ?? (isEmpty(entry) ? config.credsStore : undefined);
    if (helper) throw unsupportedHelper(registry, helper);
    return entry === undefined ? undefined : credentialsOf(entry, registry);
  };
}

export const anonymous: CredentialLookup = () => undefined;

function parseConfig(text: string): z.output<typeof DockerConfig> {
  try {
    return DockerConfig.parse(JSON.parse(text));
  } catch {
    // The cause is left out on purpose: a JSON syntax error quotes the text, and the text holds passwords.
    throw new InputError('The docker configuration cannot be read: expected JSON with an object "auths"');
  }
}

function entryOf<T>(entries: Record<string, T>, registry: string): T | undefined {
  const hosts = registry === 'docker.io' ? ['index.docker.io', 'docker.io'] : [registry];
  const keys = Object.keys(entries);
  const key = keys.find((each) => hosts.includes(each)) ?? keys.find((each) => hosts.includes(hostOfKey(each)));
  return key === undefined ? undefined : entries[key];
}

function hostOfKey(key: string): string {
  return key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}

function isEmpty(entry: Entry | undefined): boolean {
  return entry !== undefined && Object.values(entry).every((value) => value === undefined || value === '');
}

function unsupportedHelper(registry: string, helper: string): StepError {
  return new StepError(`The credentials of ${registry} are with docker-credential-${helper}, which is not supported`, {
    hint: `Write them into "auths" of the docker configuration, for example as a Secret of type kubernetes.io/dockerconfigjson.`,
  });
}

function credentialsOf(entry: Entry, registry: string): RegistryCredentials | undefined {
  if (entry.registrytoken) return { kind: 'registry-token', token: entry.registrytoken };
  if (entry.identitytoken) return { kind: 'identity-token', token: entry.identitytoken };
  const { username, password } = entry.auth ? decodedAuth(entry.auth, registry) : entry;
  // docker's way of saying that the password is an identity token
  if (username === '<token>' && password) return { kind: 'identity-token', token: password };
  if (!username || password === undefined) return undefined;
  return { kind: 'basic', username, password };
}

function decodedAuth(auth: string, registry: string): { username: string; password: string } {
  const text = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '');
  const colon = text.indexOf(':');
  if (colon < 1) {
    throw new StepError(`The docker configuration's "auth" of ${registry} is not base64 of user:password`, {
      hint: 'Write it anew with `docker login`, or give username and password.',
    });
  }
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
