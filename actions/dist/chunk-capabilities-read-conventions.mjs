import { t as createConventions } from "./chunk-conventions.mjs";
import { n as readConfigMap, t as parseLubanConfig } from "./chunk-luban-config.mjs";
import { At as InputError, V as DnsLabel, _t as object, bt as string } from "./chunk-base.mjs";
import { t as parse } from "./chunk-yaml.mjs";
// tools/conventions/src/repositories.ts
const RegisteredApplication = object({
	project: DnsLabel,
	app: DnsLabel,
	source: string().min(1),
	gitops: string().min(1).optional()
});
const Entry = object({
	source: string().min(1),
	gitops: string().min(1).optional()
});
function parseRepositories(data) {
	return Object.entries(data).map(([key, text]) => {
		const [project = "", app = "", ...rest] = key.split(".");
		const entry = Entry.safeParse(parsedYaml(text));
		const application = RegisteredApplication.safeParse({
			project,
			app,
			...entry.data
		});
		if (rest.length === 0 && entry.success && application.success) return application.data;
		throw new InputError("luban-repositories cannot be used", [{
			field: key,
			expected: "expected a key <project>.<app> whose value is a YAML map with source, and gitops if it is elsewhere"
		}]);
	});
}
function parsedYaml(text) {
	try {
		return parse(text);
	} catch {
		return;
	}
}
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
