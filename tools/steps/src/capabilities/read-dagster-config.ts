import { type DagsterConfig, parseDagsterConfig, readConfigMap } from '@luban-ci/conventions';

/** A module of its own, so that the schema is built only for a step that asks for it. */
export async function readDagsterConfig(path: string | undefined): Promise<DagsterConfig> {
  return parseDagsterConfig(path === undefined ? {} : await readConfigMap(path));
}
