import { messageOf, StepError } from '@luban-ci/core';
import { unzipSync } from 'fflate';
import type { ChosenWheel } from './choose-wheel.ts';
import { type ImageFile, places } from './image-file.ts';
import { startScript } from './start-script.ts';

/**
 * The files that installing a wheel makes (the binary distribution format of PEP 427): its packages, its scripts, and
 * a program for each console entry point. Nothing of the wheel is run, and no byte code is compiled.
 */
export function unpackWheel(bytes: Uint8Array, wheel: ChosenWheel): ImageFile[] {
  const entries = Object.entries(unzipped(bytes, wheel)).filter(([path]) => !path.endsWith('/'));
  const files = entries.flatMap(([path, content]) => {
    const placed = placeOf(checkedPath(path, wheel), wheel);
    return placed === undefined ? [] : [imageFile(placed, content)];
  });
  const entryPoints = entries.find(([path]) => /^[^/]+\.dist-info\/entry_points\.txt$/.test(path))?.[1];
  const programs = consoleScripts(entryPoints === undefined ? '' : new TextDecoder().decode(entryPoints));
  return [
    ...files,
    ...programs.map(([name, entryPoint]) => ({
      path: `${places.programs}/${name}`,
      content: startScript(entryPoint, `${name} of ${wheel.file}`),
      isExecutable: true,
    })),
  ];
}

function unzipped(bytes: Uint8Array, wheel: ChosenWheel): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes);
  } catch (cause) {
    throw new StepError(`${wheel.file} is not a zip archive: ${messageOf(cause)}`, { cause });
  }
}

function checkedPath(path: string, wheel: ChosenWheel): string {
  const isBad =
    path.startsWith('/') || path.includes('\\') || path.split('/').some((part) => part === '..' || part === '');
  if (isBad) throw new StepError(`${wheel.file} holds the path ${JSON.stringify(path)}, which leaves its folder`);
  return path;
}

/** Where `<name>.data/<scheme>/…` goes; headers are only needed to compile against. */
function placeOf(path: string, wheel: ChosenWheel): string | undefined {
  const { scheme, rest } = /^[^/]+\.data\/(?<scheme>[^/]+)\/(?<rest>.+)$/.exec(path)?.groups ?? {};
  if (scheme === undefined || rest === undefined) return `${places.packages}/${path}`;
  if (scheme === 'purelib' || scheme === 'platlib') return `${places.packages}/${rest}`;
  if (scheme === 'scripts') return `${places.programs}/${rest}`;
  if (scheme === 'data') return `${places.home}/${rest}`;
  if (scheme === 'headers') return undefined;
  throw new StepError(`${wheel.file} holds data of an unknown kind, ${scheme}`);
}

function imageFile(path: string, content: Uint8Array): ImageFile {
  if (!path.startsWith(`${places.programs}/`)) return { path, content, isExecutable: false };
  return { path, content: withInterpreter(content), isExecutable: true };
}

/** A script of a wheel begins with `#!python`, which the installer replaces. */
function withInterpreter(content: Uint8Array): Uint8Array {
  const text = Buffer.from(content).toString('latin1');
  return /^#!pythonw?(?=\s)/.test(text)
    ? Buffer.from(text.replace(/^#!pythonw?/, '#!/usr/bin/env python3'), 'latin1')
    : content;
}

/** The `[console_scripts]` section of `entry_points.txt`. */
function consoleScripts(text: string): [string, string][] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const start = lines.indexOf('[console_scripts]');
  if (start === -1) return [];
  const end = lines.findIndex((line, index) => index > start && line.startsWith('['));
  return lines
    .slice(start + 1, end === -1 ? undefined : end)
    .map((line) => line.split(/\s*=\s*(.*)/s))
    .filter((parts): parts is [string, string, ...string[]] => /^[\w.-]+$/.test(parts[0] ?? '') && parts.length > 1)
    .map(([name, entryPoint]) => [name, entryPoint]);
}
