import {
  type Conventions,
  createConventions,
  parseLubanConfig,
  parseRepositories,
  readConfigMap,
} from '@luban-ci/conventions';

/** A module of its own, so that the schema of luban-config is built only for a step that asks for it. */
export async function readConventions(given: {
  configPath?: string | undefined;
  repositoriesPath?: string | undefined;
  registryServer?: string | undefined;
}): Promise<Conventions> {
  const config = given.configPath === undefined ? {} : await readConfigMap(given.configPath);
  const repositories = given.repositoriesPath === undefined ? {} : await readConfigMap(given.repositoriesPath);
  const override = given.registryServer === undefined ? {} : { registry_server: given.registryServer };
  const applications = parseRepositories(repositories);
  return createConventions(parseLubanConfig({ ...config, ...override }), applications, { config, repositories });
}
