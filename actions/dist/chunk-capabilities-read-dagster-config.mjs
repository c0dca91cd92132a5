import { n as parseDagsterConfig } from "./chunk-dagster-config.mjs";
import { r as readConfigMap } from "./chunk-parse-config-data.mjs";
// tools/steps/src/capabilities/read-dagster-config.ts
async function readDagsterConfig(path) {
	return parseDagsterConfig(path === void 0 ? {} : await readConfigMap(path));
}
export { readDagsterConfig };
