/** A repository on Azure DevOps, Services or Server. */
export interface AzureRepository {
  /** Organisation, or on a Server the path of its collection: `tfs/DefaultCollection`. */
  organization: string;
  project: string;
  repository: string;
}

/** Whether host or path have a form that only Azure DevOps uses. */
export function isAzureUrl(host: string, segments: readonly string[]): boolean {
  const isSsh = segments[0] === 'v3' && sshHosts.includes(hostName(host));
  return isSsh || hostName(host) === 'dev.azure.com' || isVisualStudio(host) || segments.includes('_git');
}

/**
 * Reads `…/<project>/_git/<repository>` and the ssh form `v3/<organization>/<project>/<repository>`. Where no project
 * stands before `_git`, the repository is the project's own of the same name. `undefined` for anything else.
 */
export function azureRepository(host: string, segments: readonly string[]): AzureRepository | undefined {
  if (sshHosts.includes(hostName(host))) return sshRepository(segments);
  const at = segments.indexOf('_git');
  const [repository, ...rest] = segments.slice(at + 1);
  if (at === -1 || repository === undefined || rest.length > 0) return undefined;
  const before = segments.slice(0, at);
  if (isVisualStudio(host)) {
    const named = before[0]?.toLowerCase() === 'defaultcollection' ? before.slice(1) : before;
    const [project = repository, ...more] = named;
    return more.length > 0 ? undefined : { organization: host.split('.')[0] ?? '', project, repository };
  }
  return hostName(host) === 'dev.azure.com'
    ? cloudRepository(before, repository)
    : serverRepository(before, repository);
}

const sshHosts = ['ssh.dev.azure.com', 'vs-ssh.visualstudio.com'];

function cloudRepository(before: readonly string[], repository: string): AzureRepository | undefined {
  const [organization, project = repository, ...more] = before;
  return organization === undefined || more.length > 0 ? undefined : { organization, project, repository };
}

/**
 * A Server's address may have a prefix (`tfs`) before the collection. With one segment before `_git` that segment is the
 * collection and the repository is its project's own. With two they are collection and project, unless the first is
 * the prefix `tfs`. With three or more the last is the project.
 */
function serverRepository(before: readonly string[], repository: string): AzureRepository | undefined {
  const isOwnOfProject = before.length === 1 || (before.length === 2 && before[0]?.toLowerCase() === 'tfs');
  if (before.length === 0) return undefined;
  if (isOwnOfProject) return { organization: before.join('/'), project: repository, repository };
  return { organization: before.slice(0, -1).join('/'), project: before.at(-1) ?? repository, repository };
}

function sshRepository(segments: readonly string[]): AzureRepository | undefined {
  const [version, organization, project, repository, ...more] = segments;
  if (version !== 'v3' || organization === undefined || project === undefined || repository === undefined)
    return undefined;
  return more.length > 0 ? undefined : { organization, project, repository };
}

function isVisualStudio(host: string): boolean {
  return /^[a-z0-9-]+\.visualstudio\.com$/.test(host) && !sshHosts.includes(host);
}

function hostName(host: string): string {
  return host.replace(/:\d+$/, '');
}
