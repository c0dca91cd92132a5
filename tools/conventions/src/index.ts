export { BuilderName } from './builder-name.ts';
export { clusterOf, inThisCluster } from './clusters.ts';
export { parseConfigMap, readConfigMap, serialiseConfigMap } from './config-map.ts';
export { type ApplicationName, type ConfigurationSource, type Conventions, createConventions } from './conventions.ts';
export { DagsterConfig, parseDagsterConfig } from './dagster-config.ts';
export { checkedLabel, DnsLabel, longestDnsLabel } from './dns-label.ts';
export { GitProvider } from './git-provider.ts';
export { LubanConfig, parseLubanConfig } from './luban-config.ts';
export { type ConfigLayer, isGiven, keysOf, type MergedValue, mergeConfig } from './merge-config.ts';
export { fillPattern, type NamePattern } from './name-pattern.ts';
export { platformNamespace } from './platform.ts';
export { parseProjects, WantedApplication, WantedProject } from './projects.ts';
export { PythonConfig } from './python-config.ts';
export {
  parseRepositories,
  parseRepositoriesEntry,
  RegisteredApplication,
  type RepositoriesEntry,
  repositoriesKey,
  serialiseRepositoriesEntry,
} from './repositories.ts';
