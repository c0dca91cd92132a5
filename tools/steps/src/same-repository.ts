import { parseRepositoryUrl, type RepositoryUrl } from '@luban-ci/forge';
import { isAzureCloud } from './sibling-repository.ts';

/** Whether two addresses, over whatever protocol, are of one repository. Forges take no notice of capitals. */
export function isSameRepository(left: string, right: string): boolean {
  return repositoryIdentity(left) === repositoryIdentity(right);
}

/** The same text for every address of a repository. */
export function repositoryIdentity(address: string): string {
  const url = readable(address);
  if (url === undefined) return address;
  const { host, path, azure } = url;
  const place = host.replace(/:\d+$/, '');
  const whole =
    azure === undefined
      ? [place, path]
      : [isAzureCloud(place) ? 'azure' : place, azure.organization, azure.project, azure.repository];
  return whole.join('/').toLowerCase();
}

/** One registration that cannot be read must not stop the dispatch of all others. */
function readable(address: string): RepositoryUrl | undefined {
  try {
    return parseRepositoryUrl(address);
  } catch {
    return undefined;
  }
}
