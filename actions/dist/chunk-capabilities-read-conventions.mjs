import { t as createConventions } from "./chunk-conventions.mjs";
import { n as parseLubanConfig } from "./chunk-luban-config.mjs";
import { t as parseRepositories } from "./chunk-repositories.mjs";
import { r as readConfigMap } from "./chunk-parse-config-data.mjs";
// tools/steps/src/capabilities/read-conventions.ts
async function readConventions(given) {
	const config = given.configPath === void 0 ? {} : await readConfigMap(given.configPath);
	const repositories = given.repositoriesPath === void 0 ? {} : await readConfigMap(given.repositoriesPath);
	const override = given.registryServer === void 0 ? {} : { registry_server: given.registryServer };
	const applications = parseRepositories(repositories);
	return createConventions(parseLubanConfig({
		...config,
		...override
	}), applications, {
		config,
		repositories
	});
}
export { readConventions };
