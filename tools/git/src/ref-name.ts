import { InputError } from '@luban-ci/core';

/** Whether `git check-ref-format` accepts `refs/heads/<name>`: the rules of git-check-ref-format(1), and no leading dash. */
export function isRefName(name: string): boolean {
  const parts = name.split('/');
  const isBadPart = (part: string): boolean => part === '' || part.startsWith('.') || part.endsWith('.lock');
  const hasBadText = /[\p{Cc} ~^:?*[\\]|\.\.|@\{/u.test(name.replaceAll(/[\u0080-\u009f]/g, '')) || name === '@';
  return !hasBadText && !name.startsWith('-') && !name.endsWith('.') && !parts.some(isBadPart);
}

/** @throws InputError naming the field */
export function checkRefName(name: string, field: string): string {
  if (isRefName(name)) return name;
  throw new InputError(`${JSON.stringify(name)} is not a name that git accepts for a ref`, [
    { field, expected: 'expected a branch or tag name such as main or v1.0.0' },
  ]);
}

/** A full object id, SHA-1 or SHA-256. */
export function isObjectId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
