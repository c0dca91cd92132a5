import { homedir } from 'node:os';
import { join } from 'node:path';

/** What is built or brought once, and kept from one run to the next, outside of the repository. */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'luban-ci');
}

/** The part of it that the cluster is made of. */
export function clusterCache(environment: NodeJS.ProcessEnv): string {
  return join(cacheFolder(environment), 'cluster');
}
