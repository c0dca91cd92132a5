import { InputError } from '@luban-ci/core';
import { isDigest } from './digest.ts';
import { isTag } from './tag.ts';

/** A repository in a registry, in full: `docker.io` and `library/alpine`, never a short form. */
export interface ImageRepository {
  /** Host, with port where it has one: `ghcr.io`, `localhost:5000`, `[::1]:5000`. */
  registry: string;
  /** Path below the host, at most 255 characters: `payment/cart-service`. */
  path: string;
}

/** An image as people write it. Without tag and digest, registries are asked for `latest`, as docker does. */
export interface ImageReference extends ImageRepository {
  tag?: string;
  digest?: string;
}

const longestPath = 255;
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const host = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]{1,5})?$`);

/**
 * Reads an image reference by the grammar of github.com/distribution/reference, with docker's short forms:
 * `alpine` is `docker.io/library/alpine`. A first segment is a host when it has a dot, a colon or a capital letter, or
 * is `localhost`.
 *
 * @throws InputError that says which part is wrong
 */
export function parseReference(text: string): ImageReference {
  const [named = '', digest, ...more] = text.split('@');
  if (text === '') throw refused(text, 'it is empty');
  if (more.length > 0) throw refused(text, 'it has more than one @');
  if (digest !== undefined && !isDigest(digest)) {
    throw refused(text, `"${digest}" is not a digest; expected sha256: and 64 lower-case hexadecimal digits`);
  }
  const { name, tag } = splitTag(named);
  if (tag !== undefined && !isTag(tag)) {
    throw refused(text, `"${tag}" is not a tag; expected at most 128 letters, digits, _ . - not starting with . or -`);
  }
  const repository = parseName(text, name);
  return { ...repository, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

/** The repository alone. @throws InputError when a tag or a digest follows */
export function parseRepository(text: string): ImageRepository {
  const { registry, path, tag, digest } = parseReference(text);
  if (tag !== undefined || digest !== undefined) throw refused(text, 'expected a repository without tag or digest');
  return { registry, path };
}

/** In full, as registries and kustomizations take it: `docker.io/library/alpine:3.20@sha256:…`. */
export function formatReference(image: ImageReference): string {
  const tag = image.tag === undefined ? '' : `:${image.tag}`;
  const digest = image.digest === undefined ? '' : `@${image.digest}`;
  return `${image.registry}/${image.path}${tag}${digest}`;
}

/** A colon starts a tag only after the last slash; before it, it starts a port. */
function splitTag(named: string): { name: string; tag?: string } {
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  if (colon === -1) return { name: named };
  return { name: named.slice(0, colon), tag: named.slice(colon + 1) };
}

function parseName(text: string, name: string): ImageRepository {
  const { registry, path } = splitHost(name);
  if (!host.test(registry)) throw refused(text, `"${registry}" is not a registry host`);
  if (/^[a-f0-9]{64}$/.test(name)) throw refused(text, 'a bare 64-digit hexadecimal name would be an image id');
  const bad = path.split('/').find((segment) => !component.test(segment));
  if (bad !== undefined) {
    throw refused(text, `"${bad}" is not a path segment; expected lower-case letters and digits joined by . _ __ or -`);
  }
  if (path.length > longestPath) throw refused(text, `its path is longer than ${longestPath} characters`);
  return { registry, path };
}

function splitHost(name: string): ImageRepository {
  const slash = name.indexOf('/');
  const first = slash === -1 ? '' : name.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  const registry = isHost ? first : 'docker.io';
  const path = isHost ? name.slice(slash + 1) : name;
  if (registry !== 'docker.io' && registry !== 'index.docker.io') return { registry, path };
  return { registry: 'docker.io', path: path.includes('/') ? path : `library/${path}` };
}

function refused(text: string, why: string): InputError {
  const shown = text.length > 120 ? `${text.slice(0, 120)}…` : text;
  return new InputError(`The image reference ${JSON.stringify(shown)} cannot be used: ${why}`);
}
