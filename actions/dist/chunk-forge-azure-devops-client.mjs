import { a as findMarked, c as base64Of, i as sortedLabels, l as commitAtHead, n as missingLabels, o as isSameText, s as markedText, u as fitting } from "./chunk-same.mjs";
import { It as StepError, Pt as InputError, St as record, dt as _enum, f as webhookEvents, gt as int, ht as boolean, pt as array, wt as string, xt as object, yt as looseObject } from "./chunk-base.mjs";
import { a as required, c as headMoved, i as parsed, l as wordsOf, n as byContinuationToken, o as commitRefused, s as forgeFailure, t as createApiClient } from "./chunk-api-client.mjs";
// tools/forge/src/azure-devops/schema.ts
const AzureProject = object({
	id: string(),
	name: string(),
	description: string().nullish()
});
const AzureRepository = object({
	id: string(),
	name: string(),
	project: object({
		id: string(),
		visibility: string().nullish()
	}),
	defaultBranch: string().nullish(),
	remoteUrl: string(),
	webUrl: string()
});
const AzureRef = object({
	name: string(),
	objectId: string()
});
const AzureRefUpdates = object({ value: array(object({
	success: boolean(),
	updateStatus: string().nullish()
})) });
const PolicyScope = object({
	refName: string().nullish(),
	matchKind: string().nullish(),
	repositoryId: string().nullish()
});
const AzurePolicy = object({
	id: int(),
	type: object({ id: string() }),
	isEnabled: boolean(),
	isBlocking: boolean(),
	isDeleted: boolean().nullish(),
	settings: looseObject({ scope: array(PolicyScope).nullish() })
});
const CommitRef = object({ commitId: string() });
const AzurePullRequest = object({
	pullRequestId: int(),
	title: string(),
	description: string().nullish(),
	status: _enum([
		"active",
		"abandoned",
		"completed",
		"notSet"
	]),
	sourceRefName: string(),
	targetRefName: string(),
	lastMergeSourceCommit: CommitRef.nullish(),
	lastMergeCommit: CommitRef.nullish(),
	mergeStatus: string().nullish(),
	mergeFailureMessage: string().nullish(),
	autoCompleteSetBy: object({ id: string() }).nullish(),
	forkSource: object({}).nullish(),
	repository: object({ id: string() })
});
const AzureStatus = object({
	id: int(),
	state: string(),
	description: string().nullish(),
	targetUrl: string().nullish(),
	context: object({
		name: string(),
		genre: string().nullish()
	})
});
const AzureLabel = object({ name: string() });
const AzureThread = object({
	id: int(),
	isDeleted: boolean().nullish(),
	comments: array(object({
		id: int(),
		content: string().nullish(),
		isDeleted: boolean().nullish()
	}))
});
const AzureSubscription = object({
	id: string(),
	eventType: string(),
	status: string().nullish(),
	publisherInputs: record(string(), string().nullish()).nullish(),
	consumerInputs: record(string(), string().nullish()).nullish()
});
const AzurePush = object({ commits: array(object({ commitId: string() })) });
const AzureConnection = object({ authenticatedUser: object({ id: string() }) });
const AzureProcess = object({
	id: string(),
	isDefault: boolean().nullish()
});
const AzureOperation = object({
	id: string(),
	status: string()
});
const AzureErrorType = object({ typeKey: string().nullish() });
// tools/forge/src/azure-devops/url.ts
function azureRoot(baseUrl) {
	const root = new URL(baseUrl);
	if (/(?:^|\.)(?:dev\.azure\.com|visualstudio\.com)$/.test(root.hostname)) return new URL("https://dev.azure.com");
	root.pathname = root.pathname.replace(/\/+$/, "");
	root.search = "";
	root.hash = "";
	return root;
}
function azurePlace(root, owner) {
	const segments = owner.split("/");
	const project = segments.at(-1) ?? "";
	const collection = segments.slice(0, -1);
	const prefix = root.pathname.split("/").filter(Boolean).map(decodeURIComponent);
	if (collection.length === 0 || project === "") throw new InputError(`${JSON.stringify(owner)} is not an owner on Azure DevOps`, [], { hint: "Give organisation and project, or collection and project: metasync/payment." });
	return {
		collection: prefix.length > 0 && prefix.every((each, index) => collection[index] === each) ? collection.slice(prefix.length) : collection,
		project
	};
}
function collectionPath(root, owner, ...more) {
	return [
		...azurePlace(root, owner).collection,
		"_apis",
		...more
	];
}
function projectPath(root, owner, ...more) {
	const { collection, project } = azurePlace(root, owner);
	return [
		...collection,
		project,
		"_apis",
		...more
	];
}
function repositoryPath(root, name, ...more) {
	return projectPath(root, name.owner, "git", "repositories", name.repository, ...more);
}
// tools/forge/src/azure-devops/azure-api.ts
const versions = [
	"7.1",
	"7.0",
	"6.0",
	"5.1",
	"5.0"
];
function createAzureApi(provider, options) {
	const root = azureRoot(options.baseUrl);
	const version = options.apiVersion ?? (provider === "ado" ? "6.0" : "7.1");
	return {
		...createApiClient(options, {
			root,
			headers: {
				accept: "application/json",
				"x-tfs-fedauthredirect": "Suppress"
			},
			authorization,
			pageSize: {},
			nextPage: byContinuationToken,
			listKey: "value",
			redirects: "manual",
			around: (send) => withVersion(send, version, options)
		}),
		root
	};
}
function authorization(token) {
	return token.startsWith("eyJ") && token.split(".").length === 3 ? `Bearer ${token}` : `Basic ${Buffer.from(`:${token}`).toString("base64")}`;
}
function withVersion(send, first, options) {
	let version = first;
	return async (request) => {
		for (let suffix = "";;) {
			const query = {
				...request.query,
				"api-version": `${version}${suffix}`
			};
			const answer = await send({
				...request,
				query,
				expected: [
					...request.expected,
					203,
					302,
					400
				]
			});
			refuseSignIn(request.action, answer);
			if (answer.status !== 400) return answer;
			const type = errorType(answer);
			const older = versions.find((each) => Number(each) < Number(version));
			if (type === "VssInvalidPreviewVersionException" && suffix === "") suffix = "-preview";
			else if (type === "VssVersionOutOfRangeException" && older !== void 0) version = older;
			else if (request.expected.includes(400)) return answer;
			else throw forgeFailure(request.action, answer, options.clock.now());
		}
	};
}
function errorType(answer) {
	try {
		return AzureErrorType.parse(JSON.parse(Buffer.from(answer.bytes).toString("utf8"))).typeKey ?? void 0;
	} catch {
		return;
	}
}
function refuseSignIn(action, { status }) {
	if (status !== 203 && status !== 302) return;
	throw new StepError(`${action} failed: the forge answered ${status} with its sign-in page, which means 401`, { hint: "Give a token of this forge that is still valid." });
}
// tools/forge/src/azure-devops/repository.ts
const noCommit = "0".repeat(40);
async function getRepository(api, name) {
	const found = await readRepository(api, name, `Reading ${name.owner}/${name.repository}`, [200, 404]);
	return found && asRepository(name, found);
}
async function createRepository(api, name) {
	const present = await getRepository(api, name);
	if (present !== void 0) return {
		changed: false,
		value: present
	};
	const action = `Creating ${name.owner}/${name.repository}`;
	const project = await projectId(api, name.owner, action);
	const answer = await api.send({
		action,
		method: "POST",
		path: projectPath(api.root, name.owner, "git", "repositories"),
		body: {
			name: name.repository,
			project: { id: project }
		},
		expected: [201, 409]
	});
	if (answer.status === 201) return {
		changed: true,
		value: asRepository(name, parsed(AzureRepository, answer, action))
	};
	return {
		changed: false,
		value: await required(getRepository(api, name))
	};
}
async function deleteRepository(api, name) {
	const action = `Deleting ${name.owner}/${name.repository}`;
	const found = await readRepository(api, name, action, [200, 404]);
	if (found === void 0) return { changed: false };
	const path = projectPath(api.root, name.owner, "git", "repositories", found.id);
	return { changed: (await api.send({
		action,
		method: "DELETE",
		path,
		expected: [204, 404]
	})).status === 204 };
}
async function setDefaultBranch(api, name, branch) {
	const action = `Making ${branch} the default branch of ${name.owner}/${name.repository}`;
	const present = await required(readRepository(api, name, action, [200]));
	const defaultBranch = refOf(branch);
	if (present.defaultBranch === defaultBranch) return {
		changed: false,
		value: asRepository(name, present)
	};
	if (await findRef(api, name, branch) === void 0) throw new InputError(`${action} failed: it has no such branch`);
	const answer = await api.send({
		action,
		method: "PATCH",
		path: projectPath(api.root, name.owner, "git", "repositories", present.id),
		body: { defaultBranch },
		expected: [200]
	});
	return {
		changed: true,
		value: asRepository(name, parsed(AzureRepository, answer, action))
	};
}
async function getBranch(api, name, branch) {
	const found = await findRef(api, name, branch);
	if (found === void 0) return void 0;
	return {
		name: branch,
		commit: found.objectId,
		protected: isProtected(await rulesOf(api, name), found.name)
	};
}
async function listBranches(api, name) {
	const refs = await listRefs(api, name, "heads/", `Listing the branches of ${name.owner}/${name.repository}`);
	const rules = refs.length === 0 ? void 0 : await rulesOf(api, name);
	return refs.map((ref) => ({
		name: branchOf(ref.name),
		commit: ref.objectId,
		protected: rules !== void 0 && isProtected(rules, ref.name)
	}));
}
async function deleteBranch(api, name, branch) {
	const found = await findRef(api, name, branch);
	if (found === void 0) return { changed: false };
	const action = `Deleting branch ${branch} of ${name.owner}/${name.repository}`;
	const answer = await api.send({
		action,
		method: "POST",
		path: repositoryPath(api.root, name, "refs"),
		body: [{
			name: found.name,
			oldObjectId: found.objectId,
			newObjectId: noCommit
		}],
		expected: [200]
	});
	const [update] = parsed(AzureRefUpdates, answer, action).value;
	if (update?.success === true) return { changed: true };
	if (await findRef(api, name, branch) === void 0) return { changed: false };
	throw new StepError(`${action} failed: Azure DevOps refuses it (${update?.updateStatus ?? "no reason given"})`, { hint: "See whether a policy protects the branch, and whether somebody has pushed to it." });
}
async function projectId(api, owner, action) {
	const path = collectionPath(api.root, owner, "projects", owner.split("/").at(-1) ?? "");
	const found = await api.read(AzureProject, {
		action,
		method: "GET",
		path,
		expected: [200, 404]
	});
	if (found !== void 0) return found.id;
	throw new StepError(`${action} failed: the token sees no project ${owner}`, { hint: `Create the project ${owner}, or give a token that may see it.` });
}
function readRepository(api, name, action, expected) {
	return api.read(AzureRepository, {
		action,
		method: "GET",
		path: repositoryPath(api.root, name),
		expected
	});
}
function refOf(branch) {
	return `refs/heads/${branch}`;
}
function branchOf(ref) {
	return ref.replace(/^refs\/heads\//, "");
}
async function findTip(api, name, branch) {
	const found = await findRef(api, name, branch);
	return found && { commit: found.objectId };
}
async function findRef(api, name, branch) {
	const action = `Reading branch ${branch} of ${name.owner}/${name.repository}`;
	return (await listRefs(api, name, `heads/${branch}`, action)).find((each) => each.name === refOf(branch));
}
function listRefs(api, name, filter, action) {
	return api.list(array(AzureRef), {
		action,
		path: repositoryPath(api.root, name, "refs"),
		query: {
			filter,
			$top: "100"
		}
	});
}
async function rulesOf(api, name) {
	const action = `Reading the policies of ${name.owner}/${name.repository}`;
	return {
		repository: await required(readRepository(api, name, action, [200])),
		policies: await policiesOf(api, name, action)
	};
}
function asRepository(name, found) {
	return {
		owner: name.owner,
		repository: found.name,
		private: found.project.visibility !== "public",
		defaultBranch: branchOf(found.defaultBranch ?? "main"),
		cloneUrl: withoutUser(found.remoteUrl),
		webUrl: found.webUrl,
		description: ""
	};
}
function withoutUser(address) {
	const url = new URL(address);
	url.username = "";
	return url.href;
}
// tools/forge/src/azure-devops/status-context.ts
function genreAndName(context) {
	const at = context.lastIndexOf("/");
	return at === -1 ? {
		genre: "",
		name: context
	} : {
		genre: context.slice(0, at),
		name: context.slice(at + 1)
	};
}
function isContext(found, context) {
	const { genre, name } = genreAndName(context);
	return found.name === name && (found.genre ?? "") === genre;
}
// tools/forge/src/azure-devops/branch-protection.ts
const types = {
	approvals: "fa4e907d-c16b-4a4c-9dfa-4906e5d171dd",
	mergeStrategy: "fa4e907d-c16b-4a4c-9dfa-4916e5d171ab",
	status: "cbdc66da-9728-4af8-aada-9a5a32e4a226"
};
async function protectBranch(api, name, branch, rules) {
	const action = `Protecting ${branch} of ${name.owner}/${name.repository}`;
	const scope = {
		repositoryId: (await required(readRepository(api, name, action, [200]))).id,
		refName: refOf(branch),
		matchKind: "Exact"
	};
	const present = (await policiesOf(api, name, action)).filter((each) => isOurs(each, scope));
	const path = projectPath(api.root, name.owner, "policy", "configurations");
	let changed = false;
	const kept = new Set();
	for (const wanted of wantedPolicies(rules)) {
		const found = present.find((each) => isAbout(each, wanted));
		if (found !== void 0) kept.add(found.id);
		if (found !== void 0 && isAs(found, wanted)) continue;
		const settings = {
			...wanted.settings,
			scope: [scope]
		};
		const body = {
			isEnabled: true,
			isBlocking: true,
			type: { id: wanted.type },
			settings
		};
		await (found === void 0 ? api.send({
			action,
			method: "POST",
			path,
			body,
			expected: [200, 201]
		}) : api.send({
			action,
			method: "PUT",
			path: [...path, String(found.id)],
			body,
			expected: [200]
		}));
		changed = true;
	}
	for (const each of present.filter(({ id }) => !kept.has(id))) {
		await api.send({
			action,
			method: "DELETE",
			path: [...path, String(each.id)],
			expected: [
				200,
				204,
				404
			]
		});
		changed = true;
	}
	return {
		changed,
		value: rules
	};
}
function policiesOf(api, name, action) {
	return api.list(array(AzurePolicy), {
		action,
		path: projectPath(api.root, name.owner, "policy", "configurations")
	});
}
async function getProtection(api, name, branch) {
	const action = `Reading the protection of ${branch} of ${name.owner}/${name.repository}`;
	const policies = policiesFor({
		repository: await required(readRepository(api, name, action, [200])),
		policies: await policiesOf(api, name, action)
	}, refOf(branch));
	if (policies.length === 0) return void 0;
	const ofType = (type) => policies.filter((each) => each.type.id === type).map(({ settings }) => settings);
	const approvals = ofType(types.approvals).map((each) => Number(each["minimumApproverCount"] ?? 0));
	const checks = ofType(types.status).map(({ statusGenre, statusName }) => [statusGenre, statusName].filter((part) => typeof part === "string" && part !== "").join("/"));
	return {
		requiredApprovals: Math.max(0, ...approvals),
		requiredStatusChecks: checks
	};
}
function isProtected(place, ref) {
	return policiesFor(place, ref).length > 0;
}
function policiesFor({ repository, policies }, ref) {
	return policies.filter((policy) => policy.isEnabled && policy.isBlocking && policy.isDeleted !== true && (policy.settings.scope ?? []).some((scope) => {
		if (scope.repositoryId != null && scope.repositoryId !== repository.id) return false;
		if (scope.matchKind === "DefaultBranch") return ref === repository.defaultBranch;
		if (scope.refName == null) return false;
		return scope.matchKind === "Prefix" ? ref.startsWith(scope.refName) : ref === scope.refName;
	}));
}
function wantedPolicies({ requiredApprovals, requiredStatusChecks }) {
	const approvals = {
		minimumApproverCount: requiredApprovals,
		creatorVoteCounts: false,
		allowDownvotes: false,
		resetOnSourcePush: true
	};
	return [
		{
			type: types.mergeStrategy,
			settings: {
				allowNoFastForward: true,
				allowSquash: true
			}
		},
		...requiredApprovals > 0 ? [{
			type: types.approvals,
			settings: approvals
		}] : [],
		...requiredStatusChecks.map((context) => ({
			type: types.status,
			settings: statusSettings(context)
		}))
	];
}
function statusSettings(context) {
	const { genre, name } = genreAndName(context);
	return {
		statusGenre: genre,
		statusName: name,
		defaultDisplayName: context,
		invalidateOnSourceUpdate: true
	};
}
function isOurs(policy, wanted) {
	const scopes = policy.settings.scope ?? [];
	return policy.isDeleted !== true && Object.values(types).includes(policy.type.id) && scopes.length === 1 && scopes.every((scope) => scope.repositoryId === wanted.repositoryId && scope.refName === wanted.refName);
}
function isAbout(policy, wanted) {
	return policy.type.id === wanted.type && ["statusGenre", "statusName"].every((key) => (policy.settings[key] ?? "") === (wanted.settings[key] ?? ""));
}
function isAs(policy, wanted) {
	return policy.isEnabled && policy.isBlocking && Object.entries(wanted.settings).every(([key, value]) => policy.settings[key] === value);
}
// tools/forge/src/azure-devops/change-request.ts
async function findChangeRequest(api, name, { source, target }) {
	const action = `Looking for pull requests of ${name.owner}/${name.repository}`;
	const found = (await activePullRequests(api, name, {
		"searchCriteria.sourceRefName": refOf(source),
		"searchCriteria.targetRefName": refOf(target)
	}, action)).find((each) => each.forkSource == null);
	return found && getChangeRequest(api, name, found.pullRequestId);
}
async function openChangeRequest(api, name, request) {
	const action = `Opening a pull request from ${request.source} to ${request.target} in ${name.owner}/${name.repository}`;
	const answer = await api.send({
		action,
		method: "POST",
		path: repositoryPath(api.root, name, "pullrequests"),
		body: {
			sourceRefName: refOf(request.source),
			targetRefName: refOf(request.target),
			title: request.title,
			description: request.body
		},
		expected: [201, 409]
	});
	if (answer.status === 201) return {
		changed: true,
		value: asChangeRequest(api, name, parsed(AzurePullRequest, answer, action))
	};
	const value = await findChangeRequest(api, name, request);
	if (value !== void 0) return {
		changed: false,
		value
	};
	throw new StepError(`${action} failed: Azure DevOps does not accept it${wordsOf(answer)}`, { hint: "See that both branches exist and differ." });
}
async function updateChangeRequest(api, name, number, text) {
	const action = `Updating pull request ${number} of ${name.owner}/${name.repository}`;
	const present = await required(readPullRequest(api, name, number, action, [200]));
	if (present.title === text.title && (present.description ?? "") === text.body) return {
		changed: false,
		value: asChangeRequest(api, name, present)
	};
	return {
		changed: true,
		value: asChangeRequest(api, name, await editPullRequest(api, name, number, action, {
			title: text.title,
			description: text.body
		}))
	};
}
async function getChangeRequest(api, name, number) {
	const found = await readPullRequest(api, name, number, `Reading pull request ${number} of ${name.owner}/${name.repository}`, [200, 404]);
	return found && asChangeRequest(api, name, found);
}
async function activePullRequests(api, name, criteria, action) {
	const size = 100;
	const all = [];
	for (;;) {
		const query = {
			...criteria,
			"searchCriteria.status": "active",
			$top: String(size),
			$skip: String(all.length)
		};
		const path = repositoryPath(api.root, name, "pullrequests");
		const answer = await api.send({
			action,
			method: "GET",
			path,
			query,
			expected: [200]
		});
		const { value } = parsed(object({ value: array(AzurePullRequest) }), answer, action);
		all.push(...value);
		if (value.length < size) return all;
	}
}
function readPullRequest(api, name, number, action, expected) {
	const path = repositoryPath(api.root, name, "pullrequests", String(number));
	return api.read(AzurePullRequest, {
		action,
		method: "GET",
		path,
		expected
	});
}
function editPullRequest(api, name, number, action, body) {
	const path = repositoryPath(api.root, name, "pullrequests", String(number));
	return required(api.read(AzurePullRequest, {
		action,
		method: "PATCH",
		path,
		body,
		expected: [200]
	}));
}
function asChangeRequest(api, name, found) {
	const states = {
		active: "open",
		notSet: "open",
		abandoned: "closed",
		completed: "merged"
	};
	const isMerged = found.status === "completed";
	const { collection, project } = azurePlace(api.root, name.owner);
	const place = [
		...collection,
		project,
		"_git",
		name.repository
	].map(encodeURIComponent).join("/");
	return {
		number: found.pullRequestId,
		url: `${api.root.href.replace(/\/$/, "")}/${place}/pullrequest/${found.pullRequestId}`,
		title: found.title,
		body: found.description ?? "",
		state: states[found.status],
		source: branchOf(found.sourceRefName),
		target: branchOf(found.targetRefName),
		head: found.lastMergeSourceCommit?.commitId ?? "",
		...isMerged && found.lastMergeCommit ? { mergeCommit: found.lastMergeCommit.commitId } : {}
	};
}
// tools/forge/src/azure-devops/commit-files.ts
function commitFiles(api, name, commit) {
	return commitAtHead(commit, () => findTip(api, name, commit.branch), () => push(api, name, commit));
}
async function push(api, name, commit) {
	const action = `Committing to ${commit.branch} of ${name.owner}/${name.repository}`;
	const { author } = commit;
	const answer = await api.send({
		action,
		method: "POST",
		path: repositoryPath(api.root, name, "pushes"),
		body: {
			refUpdates: [{
				name: refOf(commit.branch),
				oldObjectId: commit.expectedHead
			}],
			commits: [{
				comment: commit.message,
				changes: commit.changes.map(changeOf),
				...author === void 0 ? {} : { author: {
					name: author.name,
					email: author.email
				} }
			}]
		},
		expected: [
			201,
			400,
			403,
			409
		]
	});
	if (answer.status !== 201) return { refused: commitRefused(action, answer) };
	return { commit: parsed(AzurePush, answer, action).commits[0]?.commitId ?? "" };
}
const changeTypes = {
	create: "add",
	update: "edit",
	delete: "delete"
};
function changeOf(change) {
	const place = {
		changeType: changeTypes[change.action],
		item: { path: `/${change.path}` }
	};
	if (change.action === "delete") return place;
	return {
		...place,
		newContent: {
			content: base64Of(change.content),
			contentType: "base64encoded"
		}
	};
}
const states = {
	pending: "pending",
	success: "succeeded",
	failure: "failed",
	error: "error"
};
async function setCommitStatus(api, name, commit, status) {
	const action = `Setting the status ${status.context} of ${name.owner}/${name.repository}@${commit}`;
	const value = {
		...status,
		description: status.description.slice(0, 255)
	};
	let changed = await ensureStatus(api, repositoryPath(api.root, name, "commits", commit, "statuses"), value, action, { latestOnly: "true" });
	for (const pull of await activePullRequests(api, name, {}, action)) {
		if (pull.lastMergeSourceCommit?.commitId !== commit) continue;
		changed = await ensureStatus(api, repositoryPath(api.root, name, "pullRequests", String(pull.pullRequestId), "statuses"), value, action) || changed;
	}
	return {
		changed,
		value
	};
}
async function ensureStatus(api, path, status, action, query = {}) {
	const [newest] = (await api.list(array(AzureStatus), {
		action,
		path,
		query
	})).filter((each) => isContext(each.context, status.context)).toSorted((left, right) => right.id - left.id);
	if (newest?.state === states[status.state] && (newest.description ?? "") === status.description && (newest.targetUrl ?? "") === (status.url ?? "")) return false;
	const body = {
		state: states[status.state],
		description: status.description,
		context: genreAndName(status.context),
		...status.url === void 0 ? {} : { targetUrl: status.url }
	};
	await api.send({
		action,
		method: "POST",
		path,
		body,
		expected: [200, 201],
		repeatable: true
	});
	return true;
}
// tools/forge/src/azure-devops/discussion.ts
async function ensureLabels(api, name, number, labels) {
	const action = `Labelling pull request ${number} of ${name.owner}/${name.repository}`;
	const path = repositoryPath(api.root, name, "pullRequests", String(number), "labels");
	const present = (await api.list(array(AzureLabel), {
		action,
		path
	})).map((each) => each.name);
	const missing = missingLabels(present, labels);
	for (const label of missing) await api.send({
		action,
		method: "POST",
		path,
		body: { name: label },
		expected: [200, 201],
		repeatable: true
	});
	return {
		changed: missing.length > 0,
		value: sortedLabels([...present, ...missing])
	};
}
async function ensureComment(api, name, number, comment) {
	const action = `Commenting on pull request ${number} of ${name.owner}/${name.repository}`;
	const content = markedText(comment);
	const path = repositoryPath(api.root, name, "pullRequests", String(number), "threads");
	const present = findMarked(await firstComments(api, path, action), comment.marker, (each) => each.content);
	if (present === void 0) {
		const body = {
			comments: [{
				parentCommentId: 0,
				content,
				commentType: "text"
			}],
			status: "closed"
		};
		const answer = await api.send({
			action,
			method: "POST",
			path,
			body,
			expected: [200, 201]
		});
		return {
			changed: true,
			value: { id: String(parsed(AzureThread, answer, action).id) }
		};
	}
	const value = { id: String(present.thread) };
	if (isSameText(present.content, content)) return {
		changed: false,
		value
	};
	const place = [
		...path,
		value.id,
		"comments",
		String(present.id)
	];
	await api.send({
		action,
		method: "PATCH",
		path: place,
		body: { content },
		expected: [200]
	});
	return {
		changed: true,
		value
	};
}
async function firstComments(api, path, action) {
	return (await api.list(array(AzureThread), {
		action,
		path
	})).flatMap(({ id: thread, isDeleted, comments }) => {
		const [first] = comments;
		if (isDeleted === true || first === void 0 || first.isDeleted === true) return [];
		return [{
			thread,
			id: first.id,
			content: first.content ?? ""
		}];
	});
}
// tools/forge/src/azure-devops/merge.ts
const mostLooks$1 = 60;
const lookSeconds$1 = 1;
async function mergeChangeRequest({ api, clock }, name, number, options) {
	const action = `Merging pull request ${number} of ${name.owner}/${name.repository}`;
	const merging = {
		api,
		clock,
		name,
		number,
		action,
		options
	};
	const present = await required(readPullRequest(api, name, number, action, [200]));
	if (present.status === "completed") return {
		outcome: "merged",
		commit: mergeCommitOf(present),
		changed: false
	};
	refuseMoved(merging, present);
	if (options.auto === true && present.autoCompleteSetBy != null) return {
		outcome: "scheduled",
		changed: false
	};
	const why = await complete(merging);
	if (typeof why === "object") return {
		outcome: "merged",
		commit: mergeCommitOf(why),
		changed: true
	};
	refuseMoved(merging, await required(readPullRequest(api, name, number, action, [200])));
	if (options.auto !== true) throw refusedMerge(action, why);
	await editPullRequest(api, name, number, action, {
		autoCompleteSetBy: { id: await ownId(merging) },
		completionOptions: completionOf(options)
	});
	return {
		outcome: "scheduled",
		changed: true
	};
}
async function complete(merging) {
	const { api, name, number, action, options } = merging;
	const answer = await api.send({
		action,
		method: "PATCH",
		path: repositoryPath(api.root, name, "pullrequests", String(number)),
		body: {
			status: "completed",
			lastMergeSourceCommit: { commitId: options.expectedHead },
			completionOptions: completionOf(options)
		},
		expected: [
			200,
			400,
			403,
			409
		],
		repeatable: false
	});
	return answer.status === 200 ? whenMerged(merging, answer) : wordsOf(answer);
}
async function whenMerged(merging, answer) {
	const { api, clock, name, number, action } = merging;
	let found = parsed(AzurePullRequest, answer, action);
	for (let look = 0; look < mostLooks$1; look += 1) {
		if (found.status === "completed") return found;
		const status = found.mergeStatus ?? "queued";
		if (status === "rejectedByPolicy") return " (rejectedByPolicy)";
		if (status === "conflicts" || status === "failure") throw refusedMerge(action, ` (${[status, found.mergeFailureMessage].filter(Boolean).join(": ")})`);
		await clock.sleep(lookSeconds$1 * 1e3);
		found = await required(readPullRequest(api, name, number, action, [200]));
	}
	throw new StepError(`${action} failed: it is not merged 60 s after it was asked for`, { hint: "Open its page to see what it waits for, and run the step again." });
}
function completionOf({ method, title }) {
	return {
		mergeStrategy: method === "squash" ? "squash" : "noFastForward",
		deleteSourceBranch: false,
		...title === void 0 ? {} : { mergeCommitMessage: title }
	};
}
async function ownId({ api, name, action }) {
	const path = collectionPath(api.root, name.owner, "connectionData");
	return (await required(api.read(AzureConnection, {
		action,
		method: "GET",
		path,
		expected: [200]
	}))).authenticatedUser.id;
}
function refuseMoved({ action, options }, present) {
	if (present.lastMergeSourceCommit?.commitId === options.expectedHead) return;
	throw headMoved(action, branchOf(present.sourceRefName), options.expectedHead);
}
function refusedMerge(action, words) {
	return new StepError(`${action} failed: it cannot be merged${words}`, { hint: "Open its page to see which policies it waits for, and whether there is a conflict." });
}
function mergeCommitOf(found) {
	return found.lastMergeCommit?.commitId ?? "";
}
// tools/forge/src/azure-devops/project.ts
const mostLooks = 120;
const lookSeconds = 1;
async function ensureProject({ api, clock }, owner, description) {
	const { project } = azurePlace(api.root, owner);
	const url = addressOf(api, owner);
	const action = `Creating the project ${owner}`;
	if (await readProject(api, owner, action) !== void 0) return {
		changed: false,
		value: { url }
	};
	const answer = await api.send({
		action,
		method: "POST",
		path: collectionPath(api.root, owner, "projects"),
		body: {
			name: project,
			description,
			visibility: "private",
			capabilities: {
				versioncontrol: { sourceControlType: "Git" },
				processTemplate: { templateTypeId: await defaultProcess(api, owner, action) }
			}
		},
		expected: [
			202,
			400,
			409
		]
	});
	if (answer.status === 202) {
		await untilDone({
			api,
			clock
		}, owner, action, parsed(AzureOperation, answer, action));
		return {
			changed: true,
			value: { url }
		};
	}
	if (await readProject(api, owner, action) !== void 0) return {
		changed: false,
		value: { url }
	};
	throw new InputError(`${action} failed: Azure DevOps does not accept it${wordsOf(answer)}`);
}
async function findProject(api, owner) {
	const action = `Reading the project ${owner}`;
	const found = await readProject(api, owner, action);
	if (found === void 0) return void 0;
	const path = projectPath(api.root, owner, "git", "repositories");
	const filled = (await api.list(array(AzureRepository), {
		action,
		path
	})).filter(({ defaultBranch }) => defaultBranch != null).map(({ name }) => name);
	return {
		url: addressOf(api, owner),
		description: found.description ?? "",
		repositories: filled.toSorted()
	};
}
async function deleteProject({ api, clock }, owner) {
	const action = `Deleting the project ${owner}`;
	const found = await readProject(api, owner, action);
	if (found === void 0) return { changed: false };
	const path = collectionPath(api.root, owner, "projects", found.id);
	const answer = await api.send({
		action,
		method: "DELETE",
		path,
		expected: [202, 404]
	});
	if (answer.status === 404) return { changed: false };
	await untilDone({
		api,
		clock
	}, owner, action, parsed(AzureOperation, answer, action));
	return { changed: true };
}
function addressOf(api, owner) {
	const { collection, project } = azurePlace(api.root, owner);
	return `${api.root.href.replace(/\/$/, "")}/${[...collection, project].map(encodeURIComponent).join("/")}`;
}
function readProject(api, owner, action) {
	const path = collectionPath(api.root, owner, "projects", azurePlace(api.root, owner).project);
	return api.read(AzureProject, {
		action,
		method: "GET",
		path,
		expected: [200, 404]
	});
}
async function defaultProcess(api, owner, action) {
	const path = collectionPath(api.root, owner, "process", "processes");
	const processes = await api.list(array(AzureProcess), {
		action,
		path
	});
	const found = processes.find((each) => each.isDefault === true) ?? processes[0];
	if (found !== void 0) return found.id;
	throw new StepError(`${action} failed: the organisation has no process that projects could have`);
}
async function untilDone({ api, clock }, owner, action, started) {
	let operation = started;
	for (let look = 0; look < mostLooks; look += 1) {
		if (operation.status === "succeeded") return;
		if (operation.status === "failed" || operation.status === "cancelled") throw new StepError(`${action} failed: Azure DevOps has given up (${operation.status})`);
		await clock.sleep(lookSeconds * 1e3);
		const path = collectionPath(api.root, owner, "operations", operation.id);
		operation = await required(api.read(AzureOperation, {
			action,
			method: "GET",
			path,
			expected: [200]
		}));
	}
	throw new StepError(`${action} failed: it is not there 120 s after it was asked for`, { hint: "Run the step again; it goes on where it is." });
}
// tools/forge/src/azure-devops/webhook.ts
const eventTypes = {
	push: ["git.push"],
	"change-request": [
		"git.pullrequest.created",
		"git.pullrequest.updated",
		"git.pullrequest.merged"
	],
	comment: ["ms.vss-code.git-pullrequest-comment-event"]
};
async function ensureWebhook(api, name, hook) {
	const action = `Setting the webhook of ${name.owner}/${name.repository}`;
	if (!hook.url.startsWith("https://")) throw new InputError(`${action} failed: Azure DevOps sends secrets to https only`);
	const { path, repository, own } = await ownSubscriptions(api, name, hook.url, action);
	const wanted = hook.events.flatMap((event) => eventTypes[event]);
	for (const eventType of wanted) {
		const body = subscriptionOf(eventType, {
			project: repository.project.id,
			repository: repository.id
		}, hook);
		const present = own.find((each) => each.eventType === eventType);
		await (present === void 0 ? api.send({
			action,
			method: "POST",
			path,
			body,
			expected: [200, 201]
		}) : api.send({
			action,
			method: "PUT",
			path: [...path, present.id],
			body,
			expected: [200]
		}));
	}
	const surplus = own.filter((each) => !wanted.includes(each.eventType));
	await removeAll(api, path, surplus, action);
	return {
		changed: surplus.length > 0 || !wanted.every((type) => isOn(own, type)),
		value: { url: hook.url }
	};
}
async function findWebhook(api, name, url) {
	const { own } = await ownSubscriptions(api, name, url, `Reading the webhooks of ${name.owner}/${name.repository}`);
	if (own.length === 0) return void 0;
	return {
		url,
		events: webhookEvents.filter((event) => eventTypes[event].every((type) => own.some((each) => each.eventType === type))),
		active: own.every((each) => isOn(own, each.eventType))
	};
}
async function deleteWebhook(api, name, url) {
	const action = `Removing the webhook of ${name.owner}/${name.repository}`;
	const { path, own } = await ownSubscriptions(api, name, url, action);
	await removeAll(api, path, own, action);
	return { changed: own.length > 0 };
}
async function ownSubscriptions(api, name, url, action) {
	const repository = await required(readRepository(api, name, action, [200]));
	const path = collectionPath(api.root, name.owner, "hooks", "subscriptions");
	return {
		path,
		repository,
		own: (await api.list(array(AzureSubscription), {
			action,
			path,
			query: {
				publisherId: "tfs",
				consumerId: "webHooks"
			}
		})).filter((each) => each.consumerInputs?.["url"] === url && each.publisherInputs?.["repository"] === repository.id)
	};
}
async function removeAll(api, path, subscriptions, action) {
	for (const { id } of subscriptions) await api.send({
		action,
		method: "DELETE",
		path: [...path, id],
		expected: [
			200,
			204,
			404
		]
	});
}
function isOn(own, eventType) {
	return own.some((each) => each.eventType === eventType && (each.status ?? "enabled") === "enabled");
}
function subscriptionOf(eventType, place, hook) {
	return {
		publisherId: "tfs",
		eventType,
		resourceVersion: "1.0",
		consumerId: "webHooks",
		consumerActionId: "httpRequest",
		publisherInputs: {
			projectId: place.project,
			repository: place.repository
		},
		consumerInputs: {
			url: hook.url,
			httpHeaders: `Authorization:Bearer ${hook.secret}`
		},
		status: "enabled"
	};
}
// tools/forge/src/azure-devops/client.ts
const longestBody = 4e3;
function createAzureForge(provider, options) {
	const api = createAzureApi(provider, options);
	const { clock } = options;
	return {
		provider,
		features: {
			autoMerge: true,
			protectedBranches: true,
			namedStatusChecks: true,
			statusDescriptionLimit: 255,
			changeRequestBodyLimit: longestBody,
			webhookSecret: "basic-password",
			projectCreation: true,
			repositoryDescription: false,
			commitExpectingHead: true,
			commitAuthor: true
		},
		getRepository: (name) => getRepository(api, name),
		createRepository: (name) => createRepository(api, name),
		deleteRepository: (name) => deleteRepository(api, name),
		findProject: (owner) => findProject(api, owner),
		deleteProject: (owner) => deleteProject({
			api,
			clock
		}, owner),
		ensureProject: (owner, { description }) => ensureProject({
			api,
			clock
		}, owner, description),
		setDefaultBranch: (name, branch) => setDefaultBranch(api, name, branch),
		protectBranch: (name, branch, rules) => protectBranch(api, name, branch, rules),
		getProtection: (name, branch) => getProtection(api, name, branch),
		getBranch: (name, branch) => getBranch(api, name, branch),
		listBranches: (name) => listBranches(api, name),
		deleteBranch: (name, branch) => deleteBranch(api, name, branch),
		findChangeRequest: (name, branches) => findChangeRequest(api, name, branches),
		openChangeRequest: (name, request) => openChangeRequest(api, name, fitting(request, longestBody)),
		updateChangeRequest: (name, number, text) => updateChangeRequest(api, name, number, fitting(text, longestBody)),
		getChangeRequest: (name, number) => getChangeRequest(api, name, number),
		mergeChangeRequest: (name, number, merge) => mergeChangeRequest({
			api,
			clock
		}, name, number, merge),
		ensureLabels: (name, number, labels) => ensureLabels(api, name, number, labels),
		ensureComment: (name, number, comment) => ensureComment(api, name, number, comment),
		commitFiles: (name, commit) => commitFiles(api, name, commit),
		setCommitStatus: (name, commit, status) => setCommitStatus(api, name, commit, status),
		ensureWebhook: (name, hook) => ensureWebhook(api, name, hook),
		findWebhook: (name, url) => findWebhook(api, name, url),
		deleteWebhook: (name, url) => deleteWebhook(api, name, url)
	};
}
export { createAzureForge };
