import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Manifest = z.object({ name: z.string(), version: z.string(), license: z.string().optional() });

/**
 * The terms of every npm package that has a module in a bundle, in the order of their names.
 *
 * @throws Error naming a package that does not say its licence
 */
export async function licenceNotices(root: string, modules: readonly string[]): Promise<string> {
  const folders = new Set(modules.flatMap((module) => packageFolder(module) ?? []));
  const notices = await Promise.all([...folders].sort().map((folder) => noticeOf(join(root, folder))));
  return `${[...new Set(notices)].join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** `node_modules/zod` of `/anywhere/node_modules/zod/v4/core.js`; undefined for a module of our own. */
function packageFolder(module: string): string | undefined {
  return /(?<folder>node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(module)?.groups?.['folder'];
}

async function noticeOf(folder: string): Promise<string> {
  const { name, version, license } = Manifest.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  if (license === undefined) throw new Error(`${name} does not say under which terms it may be passed on`);
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const said = texts.map((text) => text.replaceAll('\r\n', '\n').trim());
  return `${[`${name} ${version} (${license})`, ...said].join('\n\n')}\n`;
}
