import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Names of files that are missing in a folder, differ from what they should be, or should not be there; sorted. */
export async function differences(folder: string, wanted: Readonly<Record<string, string>>): Promise<string[]> {
  const present = await readdir(folder).catch(() => []);
  const names = new Set([...present, ...Object.keys(wanted)]);
  const checked = await Promise.all([...names].map(async (name) => ((await isAs(folder, name, wanted)) ? [] : [name])));
  return checked.flat().sort();
}

async function isAs(folder: string, name: string, wanted: Readonly<Record<string, string>>): Promise<boolean> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => undefined);
  return text !== undefined && text === wanted[name];
}

/** Makes the folder hold these files and no others; files that are right are not touched. Answers what was changed. */
export async function makeContent(folder: string, wanted: Readonly<Record<string, string>>): Promise<string[]> {
  const different = await differences(folder, wanted);
  await mkdir(folder, { recursive: true });
  for (const name of different) {
    const text = wanted[name];
    if (text === undefined) await rm(join(folder, name), { recursive: true });
    else await writeFile(join(folder, name), text);
  }
  return different;
}
