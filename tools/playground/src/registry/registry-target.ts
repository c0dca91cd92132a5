/** What a path below `/v2/` names. */
export type RegistryTarget =
  | { kind: 'root' }
  | { kind: 'tags'; repository: string }
  | { kind: 'manifest'; repository: string; reference: string }
  | { kind: 'blob'; repository: string; digest: string }
  | { kind: 'uploads'; repository: string }
  | { kind: 'upload'; repository: string; upload: string };

const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const longestName = 255;

export function isDigest(text: string): boolean {
  return /^sha256:[a-f0-9]{64}$/.test(text);
}

export function isTag(text: string): boolean {
  return /^\w[\w.-]{0,127}$/.test(text);
}

/** Whether a text is a repository's name by the specification: it becomes a folder. */
export function isRepository(name: string): boolean {
  return name.length <= longestName && name.split('/').every((segment) => component.test(segment));
}

/** The target of a path, `bad-name` for a repository that cannot be, `undefined` for what is no path of a registry. */
export function registryTarget(segments: readonly string[]): RegistryTarget | 'bad-name' | undefined {
  if (segments.length === 0) return { kind: 'root' };
  const found = byEnding(segments);
  return found === undefined || isRepository(found.repository) ? found : 'bad-name';
}

function byEnding(segments: readonly string[]): Exclude<RegistryTarget, { kind: 'root' }> | undefined {
  const [beforeLast = '', last = ''] = segments.slice(-2);
  const name = (length: number): string => segments.slice(0, -length).join('/');
  if (beforeLast === 'tags' && last === 'list') return { kind: 'tags', repository: name(2) };
  if (beforeLast === 'manifests') return { kind: 'manifest', repository: name(2), reference: last };
  // a trailing slash is gone by now, so `blobs/uploads/` looks like a blob called uploads
  if (beforeLast === 'blobs' && last === 'uploads') return { kind: 'uploads', repository: name(2) };
  if (beforeLast === 'blobs') return { kind: 'blob', repository: name(2), digest: last };
  if (beforeLast === 'uploads' && segments.at(-3) === 'blobs')
    return { kind: 'upload', repository: name(3), upload: last };
  return undefined;
}
