import { At as InputError, H as checkedLabel, V as DnsLabel, _t as object, bt as string } from "./chunk-base.mjs";
import { t as fillPattern } from "./chunk-name-pattern.mjs";
import { n as readConfigMap, t as parseLubanConfig } from "./chunk-luban-config.mjs";
import { t as parse } from "./chunk-yaml.mjs";
// tools/conventions/src/conventions.ts
function createConventions(config, applications = []) {
	const { environments } = config;
	const known = (env) => {
		if (environments.includes(env)) return env;
		throw new InputError(`There is no environment "${env}"; luban-config lists ${environments.join(", ")}`);
	};
	const label = (pattern, values, purpose) => checkedLabel(fillPattern(pattern, values), purpose);
	const first = environments[0] ?? "snd";
	return {
		config,
		applications,
		firstEnvironment: () => first,
		environmentAfter: (env) => environments[environments.indexOf(known(env)) + 1],
		branchOf: (env) => config.environment_branches[known(env)] ?? config.gitops_branch,
		overlayOf: (env, name) => fillPattern(config.overlay_pattern, {
			env: known(env),
			...name
		}),
		namespaceOf: (env, project) => label(config.namespace_pattern, {
			env: known(env),
			project
		}, "namespace"),
		buildNamespaceOf: (project) => label(config.build_namespace_pattern, {
			env: first,
			project
		}, "build namespace"),
		argocdProjectOf: (env, project) => label(config.argocd_project_pattern, {
			env: known(env),
			project
		}, "Argo CD project"),
		argocdApplicationOf: (env, name) => label(config.application_pattern, {
			env: known(env),
			project: name.project,
			app: name.app
		}, "Argo CD application"),
		gitopsRepositoryOf: (name) => fillPattern(config.gitops_repository_pattern, { ...name }),
		imageOf: (name) => fillPattern(config.image_pattern, {
			registry: config.registry_server,
			...name
		})
	};
}
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
	return createConventions(parseLubanConfig({
		...config,
		...override
	}), parseRepositories(repositories));
}
export { readConventions };
