import { InputError } from '@luban-ci/core';

/** A program of this machine, with what always stands before the container's arguments. */
export interface LocalProgram {
  /** Absolute path, or a name in PATH. */
  program: string;
  args: readonly string[];
}

/** How containers of an image run here. */
export interface ImageMapping {
  /** Repository name: the whole of it, or its end after a slash. `gitops-utils` covers `registry/luban/gitops-utils:1.2`. */
  repository: string;
  /** What runs when the container has no `command`. */
  entrypoint?: LocalProgram;
  /** What a `command` means here, by its first word. */
  commands?: Readonly<Record<string, LocalProgram>>;
  /** The container's own command runs as it stands, with the programs of this machine. */
  host?: boolean;
  /** Added to the container's environment, and stronger than it: the address of a local API, for instance. */
  env?: Readonly<Record<string, string>>;
}

/** Reads `busybox=host` (the container's command with this machine's programs) or `tool=/usr/bin/tool` (an entry point). */
export function readImageFlag(flag: string): ImageMapping {
  const [repository = '', target = ''] = [flag.slice(0, flag.indexOf('=')), flag.slice(flag.indexOf('=') + 1)];
  if (flag.indexOf('=') < 1 || target === '')
    throw new InputError(`--image wants <image>=host or <image>=<program>, but got "${flag}"`);
  return target === 'host' ? { repository, host: true } : { repository, entrypoint: { program: target, args: [] } };
}

/** The repository of a reference: without digest, tag and, for matching, whatever registry stands before it. */
export function findImageMapping(image: string, mappings: readonly ImageMapping[]): ImageMapping | undefined {
  const repository = image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
  return mappings.find((mapping) => repository === mapping.repository || repository.endsWith(`/${mapping.repository}`));
}

/**
 * The program and arguments for a container.
 *
 * @throws InputError when the mapping cannot tell
 */
export function programFor(
  mapping: ImageMapping,
  image: string,
  command: readonly string[],
  args: readonly string[],
): LocalProgram {
  const [first, ...rest] = command;
  if (first === undefined) {
    if (mapping.entrypoint === undefined)
      throw new InputError(`a container of ${image} has no command, and no program is mapped to the image`);
    return { program: mapping.entrypoint.program, args: [...mapping.entrypoint.args, ...args] };
  }
  if (mapping.host === true) return { program: first, args: [...rest, ...args] };
  const known = mapping.commands?.[first];
  if (known === undefined)
    throw new InputError(`the command ${first} of ${image} is not mapped to a program of this machine`);
  return { program: known.program, args: [...known.args, ...rest, ...args] };
}
