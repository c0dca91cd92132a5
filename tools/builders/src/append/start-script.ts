import { InputError, StepError } from '@luban-ci/core';
import { places } from './image-file.ts';

const reference =
  /^(?<module>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*):(?<object>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:\s*\[.*\])?$/;

/**
 * A program that calls an entry point (`package.module:function`), as installers write it, for whichever `python3` the
 * image finds first. Nothing else of `pyproject.toml` becomes program text, and the two names are checked.
 *
 * @throws StepError when the entry point is not of that form
 */
export function startScript(entryPoint: string, where: string): Uint8Array {
  const { module, object } = reference.exec(entryPoint.trim())?.groups ?? {};
  if (module === undefined || object === undefined) {
    throw new StepError(`The script ${where} names ${JSON.stringify(entryPoint)}; expected package.module:function`);
  }
  const [imported = object] = object.split('.');
  const lines = [
    '#!/usr/bin/env python3',
    'import site, sys',
    `site.addsitedir("/${places.packages}")`,
    `from ${module} import ${imported}`,
    `sys.exit(${object}())`,
  ];
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** Names of `[project.scripts]` in the order in which they are taken as the start command. */
const preferred = ['app', 'start', 'main', 'run'];

/**
 * The script that starts the application: `app`, `start`, `main` or `run`, else the first one.
 *
 * @throws InputError when there is none
 */
export function startCommand(scripts: Readonly<Record<string, string>>): string {
  const name = preferred.find((each) => each in scripts) ?? Object.keys(scripts)[0];
  if (name !== undefined) return name;
  throw new InputError('pyproject.toml has no [project.scripts], so nothing says how the application starts', [], {
    hint: 'Add one, for example: app = "my_package.main:start"',
  });
}
