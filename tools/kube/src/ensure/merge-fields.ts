import { isMap } from './same-value.ts';

type Fields = Readonly<Record<string, unknown>>;
type Same = (live: unknown, wanted: unknown) => boolean;

/** Paths of what is wanted and is otherwise, or not, in the cluster. What only the cluster has does not count. */
export function differingFields(live: Fields, wanted: Fields, same: Same, above: readonly string[] = []): string[][] {
  return Object.entries(wanted).flatMap(([key, value]) => {
    const [path, found] = [[...above, key], live[key]];
    if (isFilled(value) && (found === undefined || isMap(found))) {
      return differingFields(found ?? {}, value, same, path);
    }
    return same(found, value) ? [] : [path];
  });
}

/** The live object with what is wanted in it, and without `gone`. Maps are joined; lists are taken as they are wanted. */
export function mergedFields(
  live: Fields,
  wanted: Fields,
  gone: readonly (readonly string[])[],
): Record<string, unknown> {
  return withoutPaths(joined(live, wanted), gone);
}

function joined(live: Fields, wanted: Fields): Record<string, unknown> {
  const changed = Object.entries(wanted)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => {
      const found = live[key];
      return [key, isFilled(value) ? joined(isMap(found) ? found : {}, value) : value];
    });
  return { ...live, ...Object.fromEntries(changed) };
}

/** An empty map is a value of its own: the selector that selects everything. */
function isFilled(value: unknown): value is Record<string, unknown> {
  return isMap(value) && Object.keys(value).length > 0;
}

/** Whether an object has something at a path. */
export function hasPath(object: Fields, [first = '', ...rest]: readonly string[]): boolean {
  const below = object[first];
  if (rest.length === 0) return below !== undefined;
  return isMap(below) && hasPath(below, rest);
}

function withoutPaths(object: Fields, paths: readonly (readonly string[])[]): Record<string, unknown> {
  return paths.reduce<Record<string, unknown>>((rest, path) => withoutPath(rest, path), { ...object });
}

function withoutPath(object: Fields, [first = '', ...rest]: readonly string[]): Record<string, unknown> {
  const { [first]: below, ...others } = object;
  if (rest.length === 0 || !isMap(below)) return others;
  const left = withoutPath(below, rest);
  // An empty map may be a value of its own: Argo CD reads `automated: {}` as a wish to sync.
  return Object.keys(left).length === 0 ? others : { ...others, [first]: left };
}
