import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { gitIn } from './git-in.ts';
import type { SetUpPlayground } from './set-up-playground.ts';

/**
 * All that a playground has come to, so that two can be compared: the objects of its cluster, its repositories with their
 * files, hooks, rules and pull requests, and its Harbor. What no two runs have in common is left out: times, ids, secrets.
 */
export async function endStateOf({ folder, place }: SetUpPlayground): Promise<Record<string, unknown>> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const states = files
    .filter((each) => each.isFile() && each.name.endsWith('.json') && !each.parentPath.includes('.git'))
    .map((each) => relative(folder, join(each.parentPath, each.name)))
    .filter((path) => /^(kubernetes|repositories)\/|^harbor\.json$/.test(path));
  const repositories = files
    .filter((each) => each.isDirectory() && each.name.endsWith('.git'))
    .map((each) => join(each.parentPath, each.name));
  const told = (text: string): string =>
    withoutChance(text.replaceAll(place.url, 'URL').replaceAll(place.host, 'HOST'));
  const entries = [
    ...(await Promise.all(
      states.map(async (path) => [path, comparable(JSON.parse(told(await readFile(join(folder, path), 'utf8'))))]),
    )),
    ...(await Promise.all(repositories.map((path) => branchesOf(path, folder, told)))).flat(),
  ];
  return Object.fromEntries(entries);
}

/** Commits, and files with their contents, by branch. */
async function branchesOf(cwd: string, folder: string, told: (text: string) => string): Promise<[string, unknown][]> {
  const git = (...args: string[]): Promise<string> => gitIn(cwd, args);
  const refs = (await git('for-each-ref', '--format=%(refname)')).trim().split('\n');
  return Promise.all(
    refs.map(async (ref): Promise<[string, unknown]> => {
      const subjects = (await git('log', '--format=%s', ref)).trim().split('\n');
      const paths = (await git('ls-tree', '-r', '-z', '--name-only', ref)).split('\0').filter((path) => path !== '');
      const files = await Promise.all(paths.map(async (path) => [path, told(await git('show', `${ref}:${path}`))]));
      return [`${relative(folder, cwd)} ${ref}`, { subjects: subjects.map(told), files: Object.fromEntries(files) }];
    }),
  );
}

/** Keys whose values differ from run to run, wherever they stand. */
const byChance =
  /^(id|uid|nextId|projectId|resourceVersion|generation|creationTimestamp|createdAt|updatedAt|mergedAt|secret|managedFields)$/;

const Secret = z.looseObject({ kind: z.literal('Secret'), data: z.record(z.string(), z.string()) });

function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const secret = Secret.safeParse(value);
  const shown = secret.success ? { ...value, data: Object.keys(secret.data.data) } : value;
  return Object.fromEntries(
    Object.entries(shown).flatMap(([key, each]) => {
      if (byChance.test(key)) return [];
      return [[key, comparable(key === 'statuses' ? newestOf(Statuses.parse(each)) : each)]];
    }),
  );
}

const Statuses = z.array(z.looseObject({ commit: z.string(), context: z.string() }));

/** Every run tells its own state of a commit; what counts, and what a forge shows, is the last. */
function newestOf(statuses: z.output<typeof Statuses>): unknown[] {
  return [...new Map(statuses.map((each) => [`${each.commit} ${each.context}`, each])).values()];
}

function withoutChance(text: string): string {
  return text
    .replaceAll(/\bsha256[:-][0-9a-f]{64}\b/g, 'DIGEST')
    .replaceAll(/\b[0-9a-f]{40}\b/g, 'COMMIT')
    .replaceAll(/-[0-9a-f]{5} in /g, '-NAMED in ') // a workflow
    .replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME');
}
