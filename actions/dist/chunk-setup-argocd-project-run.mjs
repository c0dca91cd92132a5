import { Dt as unknown, It as StepError, Pt as InputError, pt as array, wt as string, xt as object, yt as looseObject } from "./chunk-base.mjs";
import { t as ensureObject } from "./chunk-ensure-object.mjs";
import { t as removeObject } from "./chunk-remove-object.mjs";
import { t as argocdApi } from "./chunk-argocd-api.mjs";
import { n as setUpResult } from "./chunk-outcome.mjs";
import { t as clusterOf } from "./chunk-clusters.mjs";
import { t as fillPattern } from "./chunk-name-pattern.mjs";
import { t as gitopsRepositoryFor } from "./chunk-sibling-repository.mjs";
import { t as step } from "./chunk-step3.mjs";
// tools/steps/src/set-up/gitops-repositories.ts
function gitopsRepositoriesOf(project, { organization, provider }, conventions) {
	const { config, applications } = conventions;
	const registered = applications.filter((each) => each.project === project).map(({ app, source }) => gitopsRepositoryFor(source, {
		project,
		app
	}, conventions));
	const server = config[`${provider}_server`];
	const base = config[`${provider}_base_url`] ?? (server === void 0 ? void 0 : `https://${server}`);
	if (base === void 0) throw new InputError(`Nothing says where ${provider} is`, [{
		field: "gitProvider",
		expected: `expected another one, or ${provider}_server in luban-config`
	}]);
	const name = fillPattern(config.gitops_repository_pattern, {
		app: "*",
		project
	});
	const isAzure = provider === "azure" || provider === "ado";
	const root = `${base.replace(/\/+$/, "")}/${organization}`;
	const fitting = isAzure ? `${root}/${project}/_git/${name}` : `${root}/${name}.git`;
	return [...new Set([fitting, ...registered.filter((each) => !fits(each, fitting))])].toSorted();
}
function fits(address, pattern) {
	const parts = pattern.split("*").map((part) => RegExp.escape(part));
	return new RegExp(`^${parts.join("[^/]*")}$`).test(address);
}
// tools/steps/src/setup-argocd-project/app-project.ts
function appProject(inputs, conventions, live) {
	const { projectName, deployEnv } = inputs;
	const { config } = conventions;
	const name = conventions.argocdProjectOf(deployEnv, projectName);
	const organization = inputs.gitOrganization ?? projectName;
	const provider = inputs.gitProvider ?? config.default_git_provider;
	return {
		apiVersion: argocdApi,
		kind: "AppProject",
		metadata: {
			name,
			namespace: config.argocd_namespace,
			labels: { "app.kubernetes.io/part-of": "luban-ci" }
		},
		spec: {
			description: `Applications of ${projectName} in ${deployEnv}`,
			sourceRepos: gitopsRepositoriesOf(projectName, {
				organization,
				provider
			}, conventions),
			destinations: [{
				server: clusterOf(deployEnv, config),
				namespace: conventions.namespaceOf(deployEnv, projectName)
			}],
			clusterResourceWhitelist: [],
			namespaceResourceWhitelist: config.argocd_namespaced_kinds.map(groupKindOf),
			roles: rolesOf(name, inputs).map((role) => ({
				...role,
				...tokensOf(live, role.name)
			}))
		}
	};
}
function groupKindOf(text) {
	const slash = text.lastIndexOf("/");
	return {
		group: text.slice(0, Math.max(slash, 0)),
		kind: text.slice(slash + 1)
	};
}
function rolesOf(project, { developerGroups, adminGroups }) {
	const policies = (role, actions) => [...actions.map((action) => `p, proj:${project}:${role}, applications, ${action}, ${project}/*, allow`), `p, proj:${project}:${role}, logs, get, ${project}/*, allow`];
	return [{
		name: "project-developer",
		description: "Looks, reads logs and syncs",
		policies: policies("project-developer", ["get", "sync"]),
		groups: developerGroups.map(quoted)
	}, {
		name: "project-admin",
		description: "Does everything with the applications of the project",
		policies: policies("project-admin", ["*"]),
		groups: adminGroups.map(quoted)
	}];
}
function quoted(group) {
	return group.includes(",") ? `"${group}"` : group;
}
const Roles = object({ spec: object({ roles: array(looseObject({
	name: string(),
	jwtTokens: array(unknown()).optional()
})) }) });
function tokensOf(live, name) {
	const role = Roles.safeParse(live).data?.spec.roles.find((each) => each.name === name);
	return role?.jwtTokens === void 0 ? {} : { jwtTokens: role.jwtTokens };
}
// tools/steps/src/setup-argocd-project/run.ts
async function run(inputs, ctx) {
	const { conventions, dryRun } = ctx;
	const argocdProject = conventions.argocdProjectOf(inputs.deployEnv, inputs.projectName);
	const namespace = conventions.config.argocd_namespace;
	const name = {
		apiVersion: argocdApi,
		kind: "AppProject",
		name: argocdProject,
		namespace
	};
	const options = {
		mark: {
			step: step.id,
			owner: inputs.projectName
		},
		dryRun
	};
	const kube = await ctx.kubernetes.client();
	if (inputs.remove) {
		await refuseWhileUsed(kube, name);
		const removed = await removeObject(kube, name, options);
		return setUpResult(`The Argo CD project ${argocdProject}`, [removed], dryRun, { argocdProject });
	}
	const wanted = appProject(inputs, conventions, await kube.read(name));
	const ensured = await ensureObject(kube, wanted, options);
	return setUpResult(`The Argo CD project ${argocdProject}`, [ensured], dryRun, { argocdProject });
}
const Application = object({
	metadata: object({ name: string() }),
	spec: object({ project: string() })
});
async function refuseWhileUsed(kube, { name, namespace = "" }) {
	const using = (await kube.list({
		apiVersion: argocdApi,
		kind: "Application",
		namespace
	})).map((each) => Application.parse(each)).filter(({ spec }) => spec.project === name);
	if (using.length === 0) return;
	const names = using.map(({ metadata }) => metadata.name).join(", ");
	throw new StepError(`The Argo CD project ${name} still has applications: ${names}`, { hint: "Remove them first: setup-argocd-application with remove, for each." });
}
export { run };
