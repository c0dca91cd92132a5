import { StepError } from '@luban-ci/core';
import type { PythonTarget } from './target.ts';
import type { LockedPackage, Wheel } from './uv-lock.ts';
import { parseWheelName, rankOf } from './wheel-tags.ts';

/** A wheel that was chosen, and where its bytes are. */
export interface ChosenWheel {
  package: string;
  version: string;
  file: string;
  /** `sha256:<hex>` as uv wrote it. */
  hash: string;
  location: { url: string } | { path: string };
}

/**
 * The locked wheel that fits the target best.
 *
 * @throws StepError when none does; the append builder compiles nothing
 */
export function chooseWheel(locked: LockedPackage, target: PythonTarget): ChosenWheel {
  const ranked = locked.wheels
    .map((wheel) => ({ wheel, rank: rankOfFile(wheel, target) }))
    .filter((each) => each.rank !== undefined)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const [best] = ranked;
  if (best === undefined) throw withoutWheel(locked, target);
  return chosen(locked, best.wheel);
}

function rankOfFile(wheel: Wheel, target: PythonTarget): number | undefined {
  const name = parseWheelName(fileOf(wheel));
  return name === undefined ? undefined : rankOf(name, target);
}

function chosen(locked: LockedPackage, wheel: Wheel): ChosenWheel {
  const file = fileOf(wheel);
  if (wheel.hash === undefined || !/^sha256:[0-9a-f]{64}$/.test(wheel.hash)) {
    throw new StepError(`uv.lock holds no SHA-256 hash for ${file}`, {
      hint: 'Only wheels that can be verified are installed.',
    });
  }
  const location = wheel.url === undefined ? { path: pathOf(locked, wheel) } : { url: wheel.url };
  return { package: locked.name, version: locked.version ?? '', file, hash: wheel.hash, location };
}

/** `path` of the source is the wheel itself, or, as `registry`, the folder of an index beside the lock file. */
function pathOf(locked: LockedPackage, wheel: Wheel): string {
  const { path, registry } = locked.source;
  return path ?? [registry, wheel.path].filter(Boolean).join('/');
}

function fileOf(wheel: Wheel): string {
  const place = wheel.url === undefined ? (wheel.path ?? wheel.filename ?? '') : new URL(wheel.url).pathname;
  return decodeURIComponent(place.split('/').at(-1) ?? '');
}

function withoutWheel(locked: LockedPackage, target: PythonTarget): StepError {
  const { os, architecture } = target.platform;
  const where = `Python ${target.version} on ${os}/${architecture} (${target.libc.kind} ${target.libc.major}.${target.libc.minor})`;
  const what = `${locked.name} ${locked.version ?? ''}`.trim();
  const source = locked.source.git ?? locked.source.directory ?? locked.source.editable ?? locked.source.virtual;
  const why =
    source === undefined
      ? `uv.lock holds no wheel of ${what} for ${where}`
      : `${what} is locked to ${source}, which is source code`;
  return new StepError(`The append builder cannot install ${locked.name}: ${why}`, {
    hint: 'It compiles nothing. Build this application with the kpack builder, or lock a version that has a wheel.',
  });
}
