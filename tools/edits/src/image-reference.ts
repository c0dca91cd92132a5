import type { VersionParts } from './image-version.ts';

/** An image as manifests name it, taken apart. */
export interface ImageReference extends VersionParts {
  /** As it is written, without tag and digest. */
  name: string;
}

const namePattern = /^(?:[A-Za-z0-9.-]+:\d+\/)?[A-Za-z0-9][A-Za-z0-9._\-/]*/;
const versionPattern = /^(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@([a-z0-9+._-]+:[a-fA-F0-9]{32,}))?$/;

/** Takes `host:port/name:tag@digest` apart; `undefined` for what is no reference, such as a template or a sentence. */
export function parseImageReference(text: string): ImageReference | undefined {
  const name = namePattern.exec(text)?.[0];
  const version = name === undefined ? null : versionPattern.exec(text.slice(name.length));
  if (name === undefined || version === null) return undefined;
  const [, tag, digest] = version;
  return { name, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

/** Whether a text names that image with a version that something fills in later: `app:{{tag}}`, `app:${TAG}`. */
export function hasComputedVersion(text: string, image: string): boolean {
  const name = namePattern.exec(text)?.[0];
  if (name === undefined || !isSameImage(name, image)) return false;
  return /^[:@].*(\{\{|\$[{(\w])/.test(text.slice(name.length));
}

/**
 * `nginx`, `library/nginx` and `docker.io/library/nginx` are one image: Docker Hub is the default registry, and `library`
 * its default organisation (https://github.com/distribution/reference, "familiar" names).
 */
export function isSameImage(left: string, right: string): boolean {
  return left === right || canonicalName(left) === canonicalName(right);
}

function canonicalName(name: string): string {
  return name.replace(/^(?:index\.|registry-1\.)?docker\.io\//, '').replace(/^library\//, '');
}

/**
 * A name that is not among the bytes cannot stand in a file, unless an escape hides it. Only its last part is looked
 * for, because values files write registry and repository apart.
 */
export function mayCarry(text: string, image: string): boolean {
  return text.includes(image.slice(image.lastIndexOf('/') + 1)) || /\\[xuU/\r\n]/.test(text);
}
