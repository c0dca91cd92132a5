import { a as isMarked, o as madeByLabel, t as ensureObject } from "./chunk-ensure-object.mjs";
import { t as removeObject } from "./chunk-remove-object.mjs";
import { t as requireCluster } from "./chunk-cluster-of-environment.mjs";
import { n as setUpResult } from "./chunk-outcome.mjs";
import { n as memberOfAny } from "./chunk-group-names.mjs";
import { t as platformNamespace } from "./chunk-platform.mjs";
import { Ft as RetryableError, It as StepError, St as record, ht as boolean, wt as string, xt as object, yt as looseObject } from "./chunk-base.mjs";
import { t as step } from "./chunk-step8.mjs";
// tools/kube/src/ensure/prune-objects.ts
async function pruneObjects(kube, options) {
	const { mark, namespace, kinds, isWanted } = options;
	const labelSelector = `${madeByLabel}=${mark.step}`;
	const removed = [];
	for (const { apiVersion, kind } of kinds) for (const object of await kube.list({
		apiVersion,
		kind,
		namespace,
		labelSelector
	})) {
		const { name = "" } = object.metadata;
		if (!isMarked(object, mark) || isWanted({
			kind,
			name
		})) continue;
		removed.push(await removeObject(kube, {
			apiVersion,
			kind,
			namespace,
			name
		}, options));
	}
	return removed;
}
// tools/steps/src/setup-namespace/access-objects.ts
const rbac$1 = "rbac.authorization.k8s.io";
function accessObjects(place) {
	const { adminGroups, developerGroups } = place.inputs;
	return [{
		clusterRole: "luban-project-admin",
		binding: "project-admins",
		account: "project-admin",
		groups: adminGroups,
		precedence: "2"
	}, {
		clusterRole: "luban-project-developer",
		binding: "project-developers",
		account: "project-developer",
		groups: developerGroups,
		precedence: "1"
	}].flatMap((role) => roleObjects(role, place));
}
function roleObjects(role, { namespace, inputs }) {
	const testUser = `test-${role.account}`;
	const accounts = [...role.groups.length === 0 ? [] : [role.account], ...inputs.createTestUsers === "yes" ? [testUser] : []];
	const subjects = [...role.groups.map((name) => ({
		apiGroup: rbac$1,
		kind: "Group",
		name
	})), ...accounts.map((name) => ({
		kind: "ServiceAccount",
		name,
		namespace
	}))];
	if (subjects.length === 0) return [];
	const roleRef = {
		apiGroup: rbac$1,
		kind: "ClusterRole",
		name: role.clusterRole
	};
	return [
		...accounts.includes(testUser) ? [account(testUser, namespace)] : [],
		...role.groups.length === 0 ? [] : mappedAccount(role, namespace),
		{
			apiVersion: `${rbac$1}/v1`,
			kind: "RoleBinding",
			metadata: {
				name: role.binding,
				namespace
			},
			roleRef,
			subjects
		}
	];
}
function account(name, namespace, annotations) {
	return {
		apiVersion: "v1",
		kind: "ServiceAccount",
		metadata: {
			name,
			namespace,
			...annotations === void 0 ? {} : { annotations }
		}
	};
}
function mappedAccount({ account: name, groups, precedence }, namespace) {
	return [account(name, namespace, {
		"workflows.argoproj.io/rbac-rule": memberOfAny(groups),
		"workflows.argoproj.io/rbac-rule-precedence": precedence
	}), {
		apiVersion: "v1",
		kind: "Secret",
		metadata: {
			name: `${name}.service-account-token`,
			namespace,
			annotations: { "kubernetes.io/service-account.name": name }
		},
		type: "kubernetes.io/service-account-token"
	}];
}
// tools/steps/src/setup-namespace/namespace-objects.ts
function namespaceObject({ namespace, project, env, conventions: { config } }) {
	const egress = config.cilium_egress_gateway_policy;
	return {
		apiVersion: "v1",
		kind: "Namespace",
		metadata: {
			name: namespace,
			labels: {
				"app.kubernetes.io/part-of": "luban-ci",
				"luban-ci.io/project": project,
				"luban-ci.io/environment": env,
				"pod-security.kubernetes.io/enforce": config.pod_security_level,
				...egress === void 0 ? {} : { "luban-ci.io/cilium-egress-gateway-policy": egress }
			}
		}
	};
}
function provisionerBinding({ namespace }) {
	return {
		apiVersion: "rbac.authorization.k8s.io/v1",
		kind: "RoleBinding",
		metadata: {
			name: "luban-namespace-provisioner",
			namespace
		},
		roleRef: {
			apiGroup: "rbac.authorization.k8s.io",
			kind: "ClusterRole",
			name: "luban-namespace-provisioner"
		},
		subjects: [{
			kind: "ServiceAccount",
			name: "luban-setup-sa",
			namespace: platformNamespace
		}]
	};
}
function limitObjects({ namespace, inputs, conventions: { config } }) {
	const limits = [{
		type: "Container",
		defaultRequest: config.container_requests
	}];
	const metadata = (name) => ({
		name,
		namespace
	});
	return [
		{
			apiVersion: "v1",
			kind: "ResourceQuota",
			metadata: metadata("luban-quota"),
			spec: { hard: config.namespace_quota }
		},
		{
			apiVersion: "v1",
			kind: "LimitRange",
			metadata: metadata("luban-limits"),
			spec: { limits }
		},
		...config.network_policy === "none" ? [] : [isolation(namespace, [...config.network_policy_allow_from, ...inputs.allowFrom])]
	];
}
function isolation(namespace, allowed) {
	const others = [...new Set(allowed)].toSorted().map((name) => ({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } }));
	return {
		apiVersion: "networking.k8s.io/v1",
		kind: "NetworkPolicy",
		metadata: {
			name: "luban-isolation",
			namespace
		},
		spec: {
			podSelector: {},
			policyTypes: ["Ingress"],
			ingress: [{ from: [{ podSelector: {} }, ...others] }]
		}
	};
}
// tools/steps/src/setup-namespace/pipeline-objects.ts
const rbac = "rbac.authorization.k8s.io";
function pipelineObjects(place, templates) {
	const { namespace } = place;
	return [
		binding("luban-workflow-runner", namespace, {
			name: "workflow-runner",
			namespace
		}),
		binding("luban-dispatcher-submit", namespace, {
			name: "luban-ci-sa",
			namespace: platformNamespace
		}),
		...configurationCopies(place),
		...templates.map((template) => ({
			...template,
			metadata: {
				...template.metadata,
				namespace
			}
		})),
		...templates.filter(({ metadata }) => metadata.name === promotion).map((template) => preset(place, template))
	];
}
function binding(name, namespace, account) {
	return {
		apiVersion: `${rbac}/v1`,
		kind: "RoleBinding",
		metadata: {
			name,
			namespace
		},
		roleRef: {
			apiGroup: rbac,
			kind: "ClusterRole",
			name
		},
		subjects: [{
			kind: "ServiceAccount",
			...account
		}]
	};
}
function configurationCopies({ namespace, project, conventions: { source } }) {
	const own = Object.entries(source.repositories).filter(([key]) => key.startsWith(`${project}.`));
	return [{
		apiVersion: "v1",
		kind: "ConfigMap",
		metadata: {
			name: "luban-config",
			namespace,
			labels: { "workflows.argoproj.io/configmap-type": "Parameter" }
		},
		data: source.config
	}, {
		apiVersion: "v1",
		kind: "ConfigMap",
		metadata: {
			name: "luban-repositories",
			namespace
		},
		data: Object.fromEntries(own)
	}];
}
function semaphores({ namespace, inputs, conventions: { config } }) {
	const data = { "kpack-builds": String(inputs.maxBuilds ?? config.kpack_builds) };
	return {
		apiVersion: "v1",
		kind: "ConfigMap",
		metadata: {
			name: "workflow-semaphores",
			namespace
		},
		data
	};
}
const promotion = "luban-promotion-template";
function preset({ namespace, project, inputs, provider }, { spec, ...template }) {
	const values = {
		project_name: project,
		git_organization: inputs.gitOrganization,
		git_provider: provider,
		git_creds_secret: `${provider}-creds`
	};
	const parameters = spec.arguments.parameters.map((parameter) => {
		const value = values[parameter.name];
		return value === void 0 ? parameter : {
			...parameter,
			value
		};
	});
	return {
		...template,
		metadata: {
			...template.metadata,
			name: "promotion-workflow",
			namespace
		},
		spec: {
			...spec,
			arguments: {
				...spec.arguments,
				parameters
			}
		}
	};
}
// tools/steps/src/setup-namespace/place.ts
function placesOf(inputs, conventions) {
	const { projectName: project, deployEnv: env } = inputs;
	const provider = inputs.gitProvider ?? conventions.config.default_git_provider;
	const [own, builds] = [conventions.namespaceOf(env, project), conventions.buildNamespaceOf(project)];
	const place = {
		project,
		env,
		inputs,
		provider,
		conventions
	};
	const first = {
		...place,
		namespace: own,
		isBuild: own === builds
	};
	if (own === builds || env !== conventions.firstEnvironment()) return [first];
	return [first, {
		...place,
		namespace: builds,
		isBuild: true
	}];
}
// tools/steps/src/setup-namespace/remove-namespace.ts
const madeKinds = [
	{
		apiVersion: "argoproj.io/v1alpha1",
		kind: "WorkflowTemplate"
	},
	{
		apiVersion: "networking.k8s.io/v1",
		kind: "NetworkPolicy"
	},
	{
		apiVersion: "v1",
		kind: "ConfigMap"
	},
	{
		apiVersion: "v1",
		kind: "LimitRange"
	},
	{
		apiVersion: "v1",
		kind: "ResourceQuota"
	},
	{
		apiVersion: "v1",
		kind: "Secret"
	},
	{
		apiVersion: "v1",
		kind: "ServiceAccount"
	},
	{
		apiVersion: "rbac.authorization.k8s.io/v1",
		kind: "RoleBinding"
	}
];
const deployedKinds = [
	{
		apiVersion: "apps/v1",
		kind: "Deployment"
	},
	{
		apiVersion: "apps/v1",
		kind: "StatefulSet"
	},
	{
		apiVersion: "v1",
		kind: "PersistentVolumeClaim"
	}
];
async function removeNamespace(kube, namespace, removal) {
	const name = {
		apiVersion: "v1",
		kind: "Namespace",
		name: namespace
	};
	const live = await kube.read(name);
	if (live === void 0 || live.metadata.deletionTimestamp !== void 0) return [await removeObject(kube, name, removal)];
	if (isMarked(live, removal.mark)) {
		await refuseWhileUsed(kube, namespace);
		return [await removeObject(kube, name, removal)];
	}
	return [...await pruneObjects(kube, {
		...removal,
		namespace,
		kinds: madeKinds,
		isWanted: () => false
	}), {
		name: `Namespace ${namespace}`,
		outcome: "foreign",
		diff: ""
	}];
}
async function refuseWhileUsed(kube, namespace) {
	const names = (await Promise.all(deployedKinds.map((kind) => kube.list({
		...kind,
		namespace
	})))).flat().map(({ kind, metadata }) => `${kind} ${metadata.name}`);
	if (names.length === 0) return;
	const shown = names.length > 5 ? [...names.slice(0, 5), `${names.length - 5} more`] : names;
	throw new StepError(`The namespace ${namespace} still holds ${shown.join(", ")}`, { hint: "Remove the applications first: setup-argocd-application with remove, for each." });
}
// tools/steps/src/setup-namespace/secret-objects.ts
const pushSecret = "harbor-creds";
async function credentialObjects(kube, place) {
	const { config } = place.conventions;
	const { needed, wanted } = secretNames(place);
	const sources = (await Promise.all(wanted.map(async (name) => ({
		name,
		source: await sourceOf(kube, name, place)
	})))).flatMap(({ name, source }) => source === void 0 ? [] : [{
		name,
		source
	}]);
	const missing = needed.filter((name) => !sources.some((each) => each.name === name));
	const isCopy = config.secret_distribution === "copy";
	const gitLogin = sources.find(({ name }) => name === `${place.provider}-creds`)?.source;
	const kpackLogin = isCopy && place.isBuild && gitLogin !== void 0 ? kpackGitSecret(gitLogin, place) : [];
	const secrets = sources.map(({ name, source }) => (isCopy ? copyOf : stubOf)(name, source, place));
	const names = [...sources.map(({ name }) => name), ...kpackLogin.map(({ metadata }) => metadata.name)];
	return {
		objects: [
			...isCopy ? secrets : [],
			...kpackLogin,
			...accounts(place, names)
		],
		stubs: isCopy ? [] : secrets,
		missing
	};
}
function secretNames({ isBuild, provider, conventions: { config } }) {
	const needed = [config.image_pull_secret, ...isBuild ? [pushSecret, `${provider}-creds`] : []];
	const wanted = [...needed, ...isBuild ? [...config.build_secrets, `${provider}-ssh-creds`] : []];
	return {
		needed: [...new Set(needed)],
		wanted: [...new Set(wanted)]
	};
}
async function sourceOf(kube, name, { project, inputs }) {
	const place = {
		apiVersion: "v1",
		kind: "Secret",
		namespace: inputs.secretNamespace
	};
	return await kube.read({
		...place,
		name: `${project}-${name}`
	}) ?? await kube.read({
		...place,
		name
	});
}
const Secret = looseObject({
	type: string().default("Opaque"),
	data: record(string(), string()).default({})
});
function copyOf(name, source, { namespace }) {
	const { type, data } = Secret.parse(source);
	const kept = Object.entries(source.metadata.annotations ?? {}).filter(([key]) => key.startsWith("kpack.io/"));
	return {
		apiVersion: "v1",
		kind: "Secret",
		metadata: {
			name,
			namespace,
			...kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }
		},
		type,
		data
	};
}
function stubOf(name, source, place) {
	const { type, data } = Secret.parse(source);
	const empty = type === "kubernetes.io/dockerconfigjson" ? Buffer.from("{}").toString("base64") : "";
	const annotations = { "replicator.v1.mittwald.de/replicate-from": `${place.inputs.secretNamespace}/${source.metadata.name}` };
	const stub = copyOf(name, source, place);
	return {
		...stub,
		metadata: {
			...stub.metadata,
			annotations: {
				...stub.metadata.annotations,
				...annotations
			}
		},
		data: Object.fromEntries(Object.keys(data).map((key) => [key, empty]))
	};
}
const GitLogin = object({ data: object({
	username: string(),
	token: string()
}) });
function kpackGitSecret(source, { namespace, provider, conventions: { config } }) {
	const login = GitLogin.safeParse(source);
	const server = config[`${provider}_server`];
	const host = config[`${provider}_base_url`] ?? (server === void 0 ? void 0 : `https://${server}`);
	if (!login.success || host === void 0) return [];
	const { username, token: password } = login.data.data;
	return [{
		apiVersion: "v1",
		kind: "Secret",
		metadata: {
			name: "kpack-git-creds",
			namespace,
			annotations: { "kpack.io/git": new URL(host).origin }
		},
		type: "kubernetes.io/basic-auth",
		data: {
			username,
			password
		}
	}];
}
function accounts({ namespace, isBuild, conventions: { config } }, names) {
	const account = {
		apiVersion: "v1",
		kind: "ServiceAccount",
		imagePullSecrets: [{ name: config.image_pull_secret }]
	};
	const secrets = [pushSecret, "kpack-git-creds"].filter((name) => names.includes(name)).map((name) => ({ name }));
	return [{
		...account,
		metadata: {
			name: "default",
			namespace
		}
	}, ...isBuild ? [{
		...account,
		metadata: {
			name: "workflow-runner",
			namespace
		},
		secrets
	}] : []];
}
// tools/steps/src/setup-namespace/unmade-namespace.ts
function withoutNamespace(kube, unmade) {
	return {
		...kube,
		read: async (object) => object.namespace === unmade ? void 0 : kube.read(object),
		list: async (kind) => kind.namespace === unmade ? [] : kube.list(kind)
	};
}
// tools/steps/src/setup-namespace/until-allowed.ts
const Review = object({ status: object({ allowed: boolean() }) });
const mostTries = 20;
async function untilAllowed(kube, namespace, { clock, signal }) {
	const resourceAttributes = {
		namespace,
		verb: "create",
		resource: "secrets"
	};
	for (let tries = 0; tries < mostTries; tries += 1) {
		const review = await kube.create({
			apiVersion: "authorization.k8s.io/v1",
			kind: "SelfSubjectAccessReview",
			metadata: {},
			spec: { resourceAttributes }
		});
		if (Review.parse(review).status.allowed) return;
		await clock.sleep(500, signal);
	}
	throw new RetryableError(`This account may not yet make Secrets in ${namespace}`, { hint: "Bind it the ClusterRole luban-namespace-provisioner, or run this as somebody who may." });
}
// tools/steps/src/setup-namespace/run.ts
async function run(inputs, ctx) {
	const { conventions, dryRun } = ctx;
	requireCluster(inputs.deployEnv, conventions, ctx.kubernetes.kubeconfig);
	const mark = {
		step: step.id,
		owner: inputs.projectName
	};
	const kube = await ctx.kubernetes.client();
	const outcomes = [];
	const missing = new Set();
	for (const place of placesOf(inputs, conventions)) if (inputs.remove) outcomes.push(...await removeNamespace(kube, place.namespace, {
		mark,
		dryRun
	}));
	else outcomes.push(...await ensurePlace(kube, place, {
		mark,
		dryRun
	}, ctx, missing));
	for (const name of missing) ctx.log.warn(`There is no Secret ${name} in ${inputs.secretNamespace}`);
	const namespace = conventions.namespaceOf(inputs.deployEnv, inputs.projectName);
	const outputs = {
		namespace,
		missingSecrets: [...missing]
	};
	return setUpResult(`The namespace ${namespace}`, outcomes, dryRun, outputs);
}
async function ensurePlace(cluster, place, options, ctx, missing) {
	const namespace = await ensureObject(cluster, namespaceObject(place), options);
	const kube = options.dryRun && namespace.outcome === "created" ? withoutNamespace(cluster, place.namespace) : cluster;
	const binding = await ensureObject(kube, provisionerBinding(place), options);
	if (binding.outcome !== "unchanged" && !options.dryRun) await untilAllowed(kube, place.namespace, ctx);
	const credentials = await credentialObjects(kube, place);
	for (const name of credentials.missing) missing.add(name);
	const wanted = [
		...credentials.objects,
		...accessObjects(place),
		...limitObjects(place),
		...await pipeline(place)
	];
	const builds = place.isBuild ? [semaphores(place)] : [];
	const toBeginWith = {
		...options,
		initial: ["data"]
	};
	const ensured = await ensureAll(kube, wanted, options);
	const stubs = await ensureAll(kube, credentials.stubs, toBeginWith);
	const counted = await ensureAll(kube, builds, place.inputs.maxBuilds === void 0 ? toBeginWith : options);
	const pruned = await prune(kube, [
		...wanted,
		...credentials.stubs,
		...builds,
		provisionerBinding(place)
	], place, options);
	return [
		namespace,
		binding,
		...ensured,
		...stubs,
		...counted,
		...pruned
	];
}
async function pipeline(place) {
	if (!place.isBuild) return [];
	const { tenantTemplates } = await import("./chunk-setup-namespace-tenant-templates.generated.mjs");
	return pipelineObjects(place, tenantTemplates);
}
async function ensureAll(kube, wanted, options) {
	const ensured = [];
	for (const object of wanted) ensured.push(await ensureObject(kube, object, options));
	return ensured;
}
function prune(kube, wanted, { namespace }, { mark, dryRun }) {
	const isWanted = ({ kind, name }) => wanted.some((each) => each.kind === kind && each.metadata.name === name);
	return pruneObjects(kube, {
		mark,
		dryRun,
		namespace,
		kinds: madeKinds,
		isWanted
	});
}
export { run };
