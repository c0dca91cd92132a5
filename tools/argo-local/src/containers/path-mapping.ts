import { normalize } from 'node:path/posix';

/** Paths as the container calls them, with where they are on this machine. */
export type PathMapping = ReadonlyMap<string, string>;

/**
 * Text with every mapped path, and everything below one, replaced: `--output=/tmp/luban/x` with `/tmp` mapped. Paths are
 * recognised as whole words only, so neither `/tmpfile` nor `http://host/tmp` is touched. The longest path wins.
 */
export function mapPaths(text: string, mapping: PathMapping): string {
  if (mapping.size === 0) return text;
  const paths = [...mapping.keys()]
    .sort((a, b) => b.length - a.length)
    .map((path) => path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const known = new RegExp(`(?<![\\w./-])(${paths.join('|')})(?![\\w.-])`, 'g');
  return text.replaceAll(known, (path) => mapping.get(path) ?? path);
}

/** Where a single path of the container is on this machine; it has to be mapped, or lie below one that is. */
export function mapPath(given: string, mapping: PathMapping): string | undefined {
  const path = normalize(given); // `/tmp/../etc` is not below /tmp
  const holder = [...mapping.keys()]
    .sort((a, b) => b.length - a.length)
    .find((each) => path === each || path.startsWith(`${each.replace(/\/$/, '')}/`));
  const local = holder === undefined ? undefined : mapping.get(holder);
  return holder === undefined || local === undefined
    ? undefined
    : `${local}${path.slice(holder.replace(/\/$/, '').length)}`;
}
