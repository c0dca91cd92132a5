import { safeTag } from '@luban-ci/images';

/**
 * The image tag of what was pushed. A git tag gives its version, without one leading `v` before a digit and safe for
 * registries (`/` and `+` are not); anything else gives the commit.
 */
export function imageTagOf(gitRef: string, revision: string): string {
  const [, tag] = /^refs\/tags\/(.+)$/.exec(gitRef) ?? [];
  return tag === undefined ? revision : safeTag(tag.replace(/^v(?=\d)/, ''));
}
