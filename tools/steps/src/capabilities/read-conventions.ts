import {
  type Conventions,
  createConventions,
  parseLubanConfig,
  parseRepositories,
  readConfigMap,
} from '@luban-ci/conventions';

/** A module of its own, so that the schema of luban-config is built only for a step that asks for it. */
export async function readConventions(given: {
  lubanConfig?: string | undefined;
  lubanRepositories?: string | undefined;
  registryServer?: string | undefined;
}): Promise<Conventions> {
  const config = given.lubanConfig === undefined ? {} : await readConfigMap(given.lubanConfig);
  const repositories = given.lubanRepositories === undefined ? {} : await readConfigMap(given.lubanRepositories);
  const override = given.registryServer === undefined ? {} : { registry_server: given.registryServer };
  return createConventions(parseLubanConfig({ ...config, ...override }), parseRepositories(repositories));
}
