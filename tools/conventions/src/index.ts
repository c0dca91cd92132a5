export { BuilderName } from './builder-name.ts';
export { parseConfigMap, readConfigMap } from './config-map.ts';
export { type ApplicationName, type Conventions, createConventions } from './conventions.ts';
export { checkedLabel, DnsLabel, longestDnsLabel } from './dns-label.ts';
export { GitProvider } from './git-provider.ts';
export { LubanConfig, parseLubanConfig } from './luban-config.ts';
export { fillPattern, type NamePattern } from './name-pattern.ts';
export { parseRepositories, RegisteredApplication } from './repositories.ts';
