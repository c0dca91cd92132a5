import { safeTag } from '@luban-ci/images';

/** The image tag of a git tag: without one leading `v` before a digit, and safe for registries (`/` and `+` are not). */
export function imageTagOf(gitTag: string): string {
  return safeTag(gitTag.replace(/^v(?=\d)/, ''));
}
