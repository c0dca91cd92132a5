import { It as StepError, Pt as InputError } from "./chunk-base.mjs";
import { h as setUpRecordName, k as blobIdOf, m as readSetUpRecord } from "./chunk-edits.mjs";
import { i as withRecorded, n as infraSetUp, r as ensureFiles } from "./chunk-infra-place.mjs";
import { t as authorFor } from "./chunk-provenance.mjs";
import { n as setUpResult, t as awaitingMerge } from "./chunk-outcome.mjs";
import { o as titleOf } from "./chunk-repository-set-up.mjs";
import { n as inThisCluster, t as clusterOf } from "./chunk-clusters.mjs";
import { t as platformNamespace } from "./chunk-platform.mjs";
import { t as step } from "./chunk-step11.mjs";
// tools/steps/src/update-infra-repo/overlay-values.ts
function overlayValues(setUp, inputs) {
	const { config } = setUp.conventions;
	const robots = [config.image_pull_secret, ...inputs.infraType === "ci" ? ["harbor-creds"] : []];
	const own = setUp.server === "https://kubernetes.default.svc" ? robots : [];
	return {
		project_name: setUp.project,
		environment: setUp.env,
		namespace: setUp.namespace,
		server: setUp.server,
		admin_groups: listed("adminGroups", inputs.adminGroups),
		developer_groups: listed("developerGroups", inputs.developerGroups),
		create_test_users: inputs.createTestUsers,
		pod_security_level: config.pod_security_level,
		egress_policy: config.cilium_egress_gateway_policy ?? "",
		secret_namespace: platformNamespace,
		own_registry_secrets: own.join(" "),
		git_organization: inputs.gitOrganization ?? "",
		git_provider: setUp.provider,
		git_creds_secret: `${setUp.provider}-creds`
	};
}
function listed(field, groups) {
	if (!groups.some((group) => group.includes(";"))) return groups.join(";");
	throw new InputError("A group has a name that no overlay can hold", [{
		field,
		expected: "expected names without a semicolon, which separates them there"
	}]);
}
// tools/steps/src/update-infra-repo/place.ts
async function overlaySetUp(inputs, ctx) {
	const { infraType, projectName: project } = inputs;
	const env = environmentOf(inputs, ctx);
	const builds = ctx.conventions.buildNamespaceOf(project);
	const own = ctx.conventions.namespaceOf(env, project);
	const namespace = infraType === "ci" ? builds : own;
	const setUp = await infraSetUp(inputs, step.id, namespace, ctx);
	const server = infraType === "ci" && builds !== own ? inThisCluster : clusterOf(env, ctx.conventions.config);
	return {
		...setUp,
		project,
		env,
		namespace,
		server,
		folder: `overlays/${namespace}`,
		isBuild: namespace === builds
	};
}
function environmentOf({ infraType, deployEnv }, { conventions }) {
	if (infraType === "ci") return conventions.firstEnvironment();
	if (deployEnv !== void 0) return deployEnv;
	throw new InputError("An overlay of an environment needs to know which", [{
		field: "deployEnv",
		expected: `expected one of ${conventions.config.environments.join(", ")}`
	}]);
}
// tools/steps/src/update-infra-repo/run.ts
async function run(inputs, ctx) {
	const setUp = await overlaySetUp(inputs, ctx);
	const { url: infraRepoUrl, namespace, folder: overlay } = setUp;
	const outputs = {
		infraRepoUrl,
		namespace,
		overlay
	};
	if (inputs.infraType === "cd" && setUp.isBuild) {
		const summary = `${namespace} is the namespace that builds run in: the infra repository of type ci has its overlay`;
		return {
			changed: false,
			outputs: {
				...outputs,
				changedObjects: [],
				leftObjects: []
			},
			summary,
			diff: ""
		};
	}
	const { outcomes, waitsFor } = await (inputs.remove ? removeOverlay : ensureOverlay)(setUp, inputs, ctx);
	const told = {
		...outputs,
		pullRequestUrl: waitsFor
	};
	return awaitingMerge(setUpResult(`The overlay ${overlay} of ${infraRepoUrl}`, outcomes, ctx.dryRun, told), waitsFor);
}
async function ensureOverlay(setUp, inputs, ctx) {
	const template = inputs.template ?? `infra-${inputs.infraType}-overlay`;
	const rendered = await ctx.templates.render(template, overlayValues(setUp, inputs), inputs.templateValues);
	const files = new Map([...rendered].map(([path, file]) => [`${setUp.folder}/${path}`, file]));
	const present = await presentFiles(setUp);
	if (present === void 0) throw withoutRepository(setUp, inputs);
	const recorded = readSetUpRecord(present, recordOf(setUp)).keys();
	const wanted = withRecorded(files, recorded);
	return ensureFiles(setUp, wish(setUp, wanted, inputs, ctx), present);
}
async function removeOverlay(setUp, inputs, ctx) {
	const present = await presentFiles(setUp) ?? new Map();
	const name = nameOf(setUp);
	if (present.size === 0) return { outcomes: [{
		name,
		outcome: "absent",
		diff: ""
	}] };
	const record = readSetUpRecord(present, recordOf(setUp));
	const theirs = [...present].filter(([path, { bytes }]) => path !== recordOf(setUp) && blobIdOf(bytes) !== record.get(path));
	if (theirs.length > 0 || record.size === 0) return { outcomes: [{
		name: `${name} (it holds somebody’s ${theirs.map(([path]) => path.slice(setUp.folder.length + 1)).join(", ")})`,
		outcome: "foreign",
		diff: ""
	}] };
	return ensureFiles(setUp, wish(setUp, withRecorded(new Map(), record.keys()), inputs, ctx), present);
}
async function presentFiles({ git, url, branch, folder, forge, name }) {
	return await forge.getRepository(name) !== void 0 && await forge.getBranch(name, branch) !== void 0 ? (await git.readFiles(url, `refs/heads/${branch}`, [folder])).files : void 0;
}
function withoutRepository({ url, branch }, { infraType }) {
	return new StepError(`There is no infra repository ${url} with a branch ${branch}`, { hint: `Set it up first (luban-infra-setup-template, or setup-infra-repo with infra-type ${infraType}).` });
}
function wish(setUp, files, { remove, mode, deadlineSeconds }, { run: identity }) {
	const { folder, namespace } = setUp;
	return {
		name: nameOf(setUp),
		record: recordOf(setUp),
		files,
		mode,
		deadlineSeconds,
		message: remove ? `Take away the overlay of ${namespace}` : `Set up the overlay of ${namespace}`,
		source: `luban/infra-${folder.slice(9)}`,
		...authorFor(identity)
	};
}
function recordOf({ folder }) {
	return `${folder}/${setUpRecordName}`;
}
function nameOf(setUp) {
	return `Overlay ${titleOf(setUp)}/${setUp.folder}`;
}
export { run };
