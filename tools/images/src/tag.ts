import { digestOf } from './digest.ts';

/** Most characters a tag may have (OCI distribution specification, "Pulling manifests"). */
export const longestTag = 128;

/** Whether a text is a tag by OCI's rule: `[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}`. */
export function isTag(text: string): boolean {
  return /^\w[\w.-]{0,127}$/.test(text);
}

/**
 * The image tag for any git ref name. A name that is a tag already stays as it is. Otherwise every other character
 * becomes `-`, and eight digits of the name's SHA-256 follow, so that `a/b` and `a+b` do not meet:
 * `release/1.0` → `release-1.0-` and eight digits. The same name always gives the same tag.
 */
export function safeTag(text: string): string {
  if (isTag(text)) return text;
  const suffix = `-${digestOf(text).slice('sha256:'.length, 'sha256:'.length + 8)}`;
  const readable = text.replaceAll(/[^\w.-]/g, '-').replace(/^[^\w]/, '_');
  return `${readable.slice(0, longestTag - suffix.length) || '_'}${suffix}`;
}
