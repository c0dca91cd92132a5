import { t as createConventions } from "./chunk-conventions.mjs";
import { Pt as InputError } from "./chunk-base.mjs";
import { t as gitopsRepositoryFor } from "./chunk-sibling-repository.mjs";
// tools/steps/src/gitops-place.ts
function gitopsPlace(name, given, conventions) {
	if (given.gitopsRepoUrl !== void 0) return given.gitopsRepoUrl;
	return gitopsRepositoryFor(sourcePlace(name, given, conventions), name, conventions);
}
function sourcePlace(name, given, conventions) {
	return conventions.applications.find((each) => each.project === name.project && each.app === name.app)?.source ?? given.repoUrl ?? assumedSource(name, given.gitOrganization, conventions);
}
function withProvider(provider, conventions) {
	if (provider === void 0) return conventions;
	const config = {
		...conventions.config,
		default_git_provider: provider
	};
	return createConventions(config, conventions.applications, conventions.source);
}
function assumedSource({ project, app }, organization, { config }) {
	const provider = config.default_git_provider;
	const server = config[`${provider}_server`];
	const base = config[`${provider}_base_url`] ?? (server === void 0 ? void 0 : `https://${server}`);
	if (base === void 0) throw new InputError(`Nothing says where the GitOps repository of ${project}/${app} is`, [{
		field: "gitopsRepoUrl",
		expected: `expected its address, or ${provider}_server in luban-config`
	}]);
	const owner = organization || project;
	return provider === "azure" || provider === "ado" ? `${base}/${owner}/${project}/_git/${app}` : `${base}/${owner}/${app}.git`;
}
export { sourcePlace as n, withProvider as r, gitopsPlace as t };
