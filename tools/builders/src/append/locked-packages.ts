import { StepError } from '@luban-ci/core';
import { holds } from './marker.ts';
import { meetsSpecifiers } from './python-version.ts';
import { markerEnvironment, type PythonTarget } from './target.ts';
import type { Dependency, LockedPackage, UvLock } from './uv-lock.ts';

/**
 * The packages that the application needs at run time on this target, in the order of their names: its dependencies
 * and theirs, as far as their markers hold; no development groups, and not the application itself.
 *
 * @throws StepError when the lock file does not fit the target or is not whole
 */
export function lockedPackages(lock: UvLock, target: PythonTarget): LockedPackage[] {
  const wanted = lock['requires-python'];
  if (!meetsSpecifiers(target.version, wanted)) {
    throw new StepError(`uv.lock wants Python ${wanted}, and the base image has ${target.version}`, {
      hint: 'Choose another base image, or lock for its Python.',
    });
  }
  const root = lock.package.find(({ source }) => source.editable === '.' || source.virtual === '.');
  if (root === undefined)
    throw new StepError('uv.lock does not name the application itself (a package with source ".")');
  const found = new Map<string, LockedPackage>();
  visit(root.dependencies, lock, markerEnvironment(target), found, new Set());
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function visit(
  dependencies: readonly Dependency[],
  lock: UvLock,
  environment: Record<string, string>,
  found: Map<string, LockedPackage>,
  seen: Set<string>,
): void {
  for (const dependency of dependencies) {
    if (dependency.marker !== undefined && !holds(dependency.marker, environment)) continue;
    const locked = findPackage(lock, dependency);
    found.set(locked.name, locked);
    const extras = dependency.extra.flatMap((extra) => locked['optional-dependencies'][extra] ?? []);
    const key = `${locked.name} ${dependency.extra.join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    visit([...locked.dependencies, ...extras], lock, environment, found, seen);
  }
}

/** A dependency names its version only where the lock holds several. */
function findPackage(lock: UvLock, dependency: Dependency): LockedPackage {
  const named = lock.package.filter(({ name }) => name === dependency.name);
  const locked =
    dependency.version === undefined ? named[0] : named.find(({ version }) => version === dependency.version);
  if (locked === undefined) {
    throw new StepError(`uv.lock needs ${dependency.name} ${dependency.version ?? ''} and does not hold it`, {
      hint: 'Run "uv lock" and commit the result.',
    });
  }
  return locked;
}
