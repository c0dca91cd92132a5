import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createLog,
  createRedactor,
  exitCodeOf,
  hintOf,
  InputError,
  type LogLine,
  messageOf,
  systemClock,
} from '@luban-ci/core';
import { build } from './build.ts';
import { detect } from './detect.ts';
import type { BuildPlace } from './place.ts';

/** After the specification: a buildpack that does not apply ends with 100, and one that fails with anything else but 0. */
const doesNotApply = 100;

process.exitCode = await main(process.argv.slice(2));

/** `detect <platform> <plan>`, or `build <layers> <platform> <plan>`, in the application's folder. */
async function main([phase = '', ...folders]: readonly string[]): Promise<number> {
  const redactor = createRedactor();
  const log = createLog(writeLine, redactor);
  const [platform = '', layers = ''] = phase === 'detect' ? folders : [folders[1], folders[0]];
  const place: BuildPlace = {
    app: process.cwd(),
    layers: resolve(layers),
    platform: resolve(platform),
    buildpack: process.env['CNB_BUILDPACK_DIR'] ?? dirname(dirname(fileURLToPath(import.meta.url))),
    environment: await environmentOf(resolve(platform)),
    log,
    clock: systemClock,
    hide: redactor.add,
    fetch,
  };
  try {
    if (phase === 'build') {
      await build(place);
      return 0;
    }
    const detection = await detect(place);
    if (!detection.applies) log.info(`not a project for uv: ${detection.reason}`);
    return detection.applies ? 0 : doesNotApply;
  } catch (error) {
    log.error(messageOf(error));
    for (const { field, expected } of error instanceof InputError ? error.fields : [])
      log.error(`  ${field}: ${expected}`);
    const hint = hintOf(error);
    if (hint !== undefined) log.error(`→ ${hint}`);
    return exitCodeOf(error);
  }
}

/** The lifecycle has put the platform's variables into the environment already; who starts this by hand has not. */
async function environmentOf(platform: string): Promise<Record<string, string>> {
  const folder = join(platform, 'env');
  const names = (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.'));
  const given = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
  );
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(given), ...Object.fromEntries(inherited) };
}

function writeLine({ level, message, group }: LogLine): void {
  const mark = level === 'warn' ? 'warning: ' : level === 'error' ? 'error: ' : '';
  process[level === 'error' ? 'stderr' : 'stdout'].write(
    `${group === undefined ? '' : `  ${group}: `}${mark}${message}\n`,
  );
}
