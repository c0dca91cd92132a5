import { Pt as InputError, W as checkedLabel } from "./chunk-base.mjs";
import { t as fillPattern } from "./chunk-name-pattern.mjs";
// tools/conventions/src/conventions.ts
function createConventions(config, applications = [], source = {
	config: {},
	repositories: {}
}) {
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
		source,
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
export { createConventions as t };
