import { a as required, c as headMoved, i as parsed, l as wordsOf, o as commitRefused, s as forgeFailure, t as createApiClient } from "./chunk-api-client.mjs";
import { c as base64Of, i as sortedLabels, l as commitAtHead, n as missingLabels, r as sameRules, u as fitting } from "./chunk-same.mjs";
import { t as refuseProject } from "./chunk-no-projects.mjs";
import { a as deleteWebhook, c as getRepository, d as setDefaultBranch$1, i as deleteRepository, l as refuseForeignOwner, o as ensureWebhook, s as findWebhook, t as ensureComment$1, u as repositoryPath } from "./chunk-rest-discussion.mjs";
import { Ft as RetryableError, It as StepError, bt as number, dt as _enum, gt as int, ht as boolean, pt as array, wt as string, xt as object } from "./chunk-base.mjs";
// tools/forge/src/gitea/schema.ts
const GiteaBranch = object({
	name: string(),
	commit: object({ id: string() }),
	protected: boolean()
});
const GiteaProtection = object({
	enable_push: boolean(),
	required_approvals: number(),
	enable_status_check: boolean(),
	status_check_contexts: array(string()).nullish()
});
const PullBranch = object({
	label: string(),
	ref: string(),
	sha: string(),
	repo_id: number()
});
const GiteaPullRequest = object({
	number: int(),
	html_url: string(),
	title: string(),
	body: string().nullish(),
	state: _enum(["open", "closed"]),
	merged: boolean(),
	merge_commit_sha: string().nullish(),
	head: PullBranch,
	base: PullBranch
});
const GiteaStatus = object({
	context: string(),
	status: string(),
	description: string(),
	target_url: string().nullish()
});
const GiteaLabel = object({
	id: int(),
	name: string()
});
const GiteaContents = object({ sha: string() });
const GiteaFilesCommit = object({ commit: object({ sha: string() }) });
const GiteaCommit = object({ commit: object({ message: string() }) });
// tools/forge/src/gitea/change-request.ts
async function findChangeRequest(api, name, branches) {
	const action = `Looking for pull requests of ${name.owner}/${name.repository}`;
	const found = (await api.list(array(GiteaPullRequest), {
		action,
		path: repositoryPath(name, "pulls"),
		query: { state: "open" }
	})).find(({ head, base }) => head.label === branches.source && base.ref === branches.target && head.repo_id === base.repo_id);
	return found && asChangeRequest(found);
}
async function openChangeRequest(api, name, request) {
	const action = `Opening a pull request from ${request.source} to ${request.target} in ${name.owner}/${name.repository}`;
	const answer = await api.send({
		action,
		method: "POST",
		path: repositoryPath(name, "pulls"),
		body: {
			head: request.source,
			base: request.target,
			title: request.title,
			body: request.body
		},
		expected: [201, 409],
		passing: [404]
	});
	const found = await findChangeRequest(api, name, request);
	if (found === void 0) throw new StepError(`${action} failed: the forge answered ${answer.status}${wordsOf(answer)}`);
	return {
		changed: answer.status === 201,
		value: found
	};
}
async function updateChangeRequest(api, name, number, text) {
	const action = `Updating pull request ${number} of ${name.owner}/${name.repository}`;
	const path = repositoryPath(name, "pulls", String(number));
	const present = await required(api.read(GiteaPullRequest, {
		action,
		method: "GET",
		path,
		expected: [200]
	}));
	if (present.title === text.title && (present.body ?? "") === text.body) return {
		changed: false,
		value: asChangeRequest(present)
	};
	return {
		changed: true,
		value: asChangeRequest(await required(api.read(GiteaPullRequest, {
			action,
			method: "PATCH",
			path,
			body: text,
			expected: [200, 201]
		})))
	};
}
async function getChangeRequest(api, name, number) {
	const found = await api.read(GiteaPullRequest, {
		action: `Reading pull request ${number} of ${name.owner}/${name.repository}`,
		method: "GET",
		path: repositoryPath(name, "pulls", String(number)),
		expected: [200, 404]
	});
	return found && asChangeRequest(found);
}
async function mergeChangeRequest(api, name, number, options) {
	const action = `Merging pull request ${number} of ${name.owner}/${name.repository}`;
	const path = repositoryPath(name, "pulls", String(number));
	const present = await required(api.read(GiteaPullRequest, {
		action,
		method: "GET",
		path,
		expected: [200]
	}));
	if (present.merged) return {
		outcome: "merged",
		commit: present.merge_commit_sha ?? "",
		changed: false
	};
	if (present.head.sha !== options.expectedHead) throw headMoved(action, present.head.ref, options.expectedHead);
	const answer = await api.send({
		action,
		method: "POST",
		path: [...path, "merge"],
		body: {
			do: options.method,
			head_commit_id: options.expectedHead,
			merge_when_checks_succeed: options.auto === true,
			...options.title === void 0 ? {} : {
				merge_title_field: options.title,
				MergeTitleField: options.title
			}
		},
		expected: [
			200,
			201,
			405,
			409
		]
	});
	if (answer.status === 201) return {
		outcome: "scheduled",
		changed: true
	};
	const after = await getChangeRequest(api, name, number);
	if (after?.mergeCommit !== void 0) return {
		outcome: "merged",
		commit: after.mergeCommit,
		changed: true
	};
	const words = wordsOf(answer);
	if (options.auto === true && answer.status === 409 && /auto merge/i.test(words)) return {
		outcome: "scheduled",
		changed: false
	};
	throw refusedMerge(action, answer.status, words);
}
function refusedMerge(action, status, words) {
	return new StepError(`${action} failed: ${status === 409 ? "the branches conflict, or one of them has moved" : "it has a conflict, or a rule of the branch is not met"}${words}`, { hint: "Open its page to see which checks or approvals it waits for, and whether there is a conflict." });
}
function asChangeRequest(found) {
	const open = found.state === "open" ? "open" : "closed";
	return {
		number: found.number,
		url: found.html_url,
		title: found.title,
		body: found.body ?? "",
		state: found.merged ? "merged" : open,
		source: found.head.label,
		target: found.base.ref,
		head: found.head.sha,
		...found.merged && found.merge_commit_sha ? { mergeCommit: found.merge_commit_sha } : {}
	};
}
// tools/forge/src/gitea/repository.ts
async function createRepository(api, name, description) {
	const present = await getRepository(api, name);
	if (present !== void 0) return {
		changed: false,
		value: present
	};
	const action = `Creating ${name.owner}/${name.repository}`;
	const answer = await api.send({
		action,
		method: "POST",
		path: await isOrganization(api, name.owner) ? [
			"orgs",
			name.owner,
			"repos"
		] : ["user", "repos"],
		body: {
			name: name.repository,
			description,
			private: true,
			auto_init: false
		},
		expected: [201, 409]
	});
	const value = await getRepository(api, name);
	if (value === void 0) throw new StepError(`${action} failed: the forge says that it exists, but does not show it`, { hint: "See that the token may read the repositories of this owner." });
	return {
		changed: answer.status === 201,
		value
	};
}
const lookSeconds = .25;
const mostLooks = 80;
const Fullness = object({ empty: boolean().optional() });
async function setDefaultBranch({ api, clock }, name, branch) {
	const action = `Making ${branch} the default branch of ${name.owner}/${name.repository}`;
	const path = repositoryPath(name);
	for (let look = 0; look < mostLooks; look += 1) {
		if ((await api.read(Fullness, {
			action,
			method: "GET",
			path,
			expected: [200]
		}))?.empty !== true) return setDefaultBranch$1(api, name, branch);
		await clock.sleep(lookSeconds * 1e3);
	}
	throw new RetryableError(`${action} failed: the forge takes the repository for empty`);
}
async function protectBranch(api, name, branch, rules) {
	const action = `Protecting ${branch} of ${name.owner}/${name.repository}`;
	const path = repositoryPath(name, "branch_protections");
	const present = await readProtection(api, name, branch, action);
	const isClosed = present?.enable_push === false;
	if (present !== void 0 && isClosed && sameRules(rulesOf(present), rules)) return {
		changed: false,
		value: rules
	};
	const body = {
		enable_push: false,
		required_approvals: rules.requiredApprovals,
		dismiss_stale_approvals: true,
		block_on_rejected_reviews: true,
		enable_status_check: rules.requiredStatusChecks.length > 0,
		status_check_contexts: rules.requiredStatusChecks
	};
	await (present === void 0 ? api.send({
		action,
		method: "POST",
		path,
		body: {
			...body,
			rule_name: branch
		},
		expected: [201]
	}) : api.send({
		action,
		method: "PATCH",
		path: [...path, branch],
		body,
		expected: [200]
	}));
	return {
		changed: true,
		value: rules
	};
}
async function getProtection(api, name, branch) {
	const found = await readProtection(api, name, branch, `Reading the protection of ${branch} of ${name.owner}/${name.repository}`);
	return found?.enable_push === false ? rulesOf(found) : void 0;
}
function readProtection(api, name, branch, action) {
	const path = repositoryPath(name, "branch_protections", branch);
	return api.read(GiteaProtection, {
		action,
		method: "GET",
		path,
		expected: [200, 404]
	});
}
async function getBranch(api, name, branch) {
	const found = await api.read(GiteaBranch, {
		action: `Reading branch ${branch} of ${name.owner}/${name.repository}`,
		method: "GET",
		path: repositoryPath(name, "branches", ...branch.split("/")),
		expected: [200, 404]
	});
	return found && asBranch(found);
}
async function listBranches(api, name) {
	const action = `Listing the branches of ${name.owner}/${name.repository}`;
	return (await api.list(array(GiteaBranch), {
		action,
		path: repositoryPath(name, "branches")
	})).map(asBranch);
}
async function deleteBranch(api, name, branch) {
	if (await getBranch(api, name, branch) === void 0) return { changed: false };
	return { changed: (await api.send({
		action: `Deleting branch ${branch} of ${name.owner}/${name.repository}`,
		method: "DELETE",
		path: repositoryPath(name, "branches", ...branch.split("/")),
		expected: [204, 404]
	})).status === 204 };
}
async function isOrganization(api, owner) {
	const action = `Creating a repository of ${owner}`;
	if ((await api.send({
		action,
		method: "GET",
		path: ["orgs", owner],
		expected: [200, 404]
	})).status === 200) return true;
	await refuseForeignOwner(api, owner, action);
	return false;
}
function asBranch(found) {
	return {
		name: found.name,
		commit: found.commit.id,
		protected: found.protected
	};
}
function rulesOf(found) {
	const checks = found.enable_status_check ? found.status_check_contexts ?? [] : [];
	return {
		requiredApprovals: found.required_approvals,
		requiredStatusChecks: checks
	};
}
// tools/forge/src/gitea/commit-files.ts
function commitFiles({ api, clock }, name, commit) {
	return commitAtHead(commit, () => getBranch(api, name, commit.branch), () => changeFiles({
		api,
		clock
	}, name, commit));
}
async function changeFiles({ api, clock }, name, commit) {
	const action = `Committing to ${commit.branch} of ${name.owner}/${name.repository}`;
	const files = await Promise.all(commit.changes.map((change) => operationFor(api, name, commit, change)));
	const { branch, message, author } = commit;
	const answer = await api.send({
		action,
		method: "POST",
		path: repositoryPath(name, "contents"),
		body: {
			branch,
			message,
			files,
			...author === void 0 ? {} : { author }
		},
		expected: [
			201,
			403,
			404,
			409,
			422,
			500
		]
	});
	if (answer.status === 201) return { commit: parsed(GiteaFilesCommit, answer, action).commit.sha };
	if (answer.status !== 500) return { refused: commitRefused(action, answer) };
	const failure = forgeFailure(action, answer, clock.now());
	if (await mayHaveLanded(api, name, commit)) throw failure;
	return { refused: failure };
}
async function mayHaveLanded(api, name, { branch, message, expectedHead }) {
	return (await api.list(array(GiteaCommit), {
		action: `Reading the commits of ${branch} of ${name.owner}/${name.repository}`,
		path: repositoryPath(name, "commits"),
		query: {
			sha: branch,
			not: expectedHead,
			stat: "false",
			verification: "false",
			files: "false"
		}
	})).some(({ commit }) => commit.message.trim() === message.trim());
}
async function operationFor(api, name, commit, change) {
	const { action: operation, path } = change;
	const content = change.action === "delete" ? {} : { content: base64Of(change.content) };
	if (operation === "create") return {
		operation,
		path,
		...content
	};
	return {
		operation,
		path,
		sha: (await api.read(GiteaContents, {
			action: `Reading ${path} of ${name.owner}/${name.repository}`,
			method: "GET",
			path: repositoryPath(name, "contents", ...path.split("/")),
			query: { ref: commit.expectedHead },
			expected: [200]
		}))?.sha ?? "",
		...content
	};
}
async function setCommitStatus(api, name, commit, status) {
	const action = `Setting the status ${status.context} of ${name.owner}/${name.repository}@${commit}`;
	const description = status.description.slice(0, 255);
	const path = repositoryPath(name, "statuses", commit);
	const newest = (await api.list(array(GiteaStatus), {
		action,
		path,
		query: { sort: "recentupdate" }
	})).find((each) => each.context === status.context);
	const isSame = newest?.status === status.state && newest.description === description && (newest.target_url ?? "") === (status.url ?? "");
	const value = {
		...status,
		description
	};
	if (isSame) return {
		changed: false,
		value
	};
	const body = {
		context: status.context,
		state: status.state,
		description,
		target_url: status.url ?? ""
	};
	await api.send({
		action,
		method: "POST",
		path,
		body,
		expected: [201],
		repeatable: true
	});
	return {
		changed: true,
		value
	};
}
// tools/forge/src/gitea/discussion.ts
const whole = {};
function ensureComment(api, name, number, comment) {
	return ensureComment$1(api, name, number, comment, whole);
}
const colour = "#0b6e99";
async function ensureLabels(api, name, number, labels) {
	const action = `Labelling pull request ${number} of ${name.owner}/${name.repository}`;
	const path = repositoryPath(name, "issues", String(number), "labels");
	const present = (await api.list(array(GiteaLabel), {
		action,
		path,
		pageSize: whole
	})).map((each) => each.name);
	const missing = missingLabels(present, labels);
	if (missing.length === 0) return {
		changed: false,
		value: sortedLabels(present)
	};
	const ids = await idsOf(api, name, missing, action);
	const answer = await api.send({
		action,
		method: "POST",
		path,
		body: { labels: ids },
		expected: [200],
		repeatable: true
	});
	return {
		changed: true,
		value: sortedLabels(parsed(array(GiteaLabel), answer, action).map((each) => each.name))
	};
}
async function idsOf(api, name, wanted, action) {
	const path = repositoryPath(name, "labels");
	const known = await api.list(array(GiteaLabel), {
		action,
		path
	});
	const ids = [];
	for (const label of wanted) {
		const found = known.find((each) => each.name === label);
		ids.push(found?.id ?? await createLabel(api, path, label, action));
	}
	return ids;
}
async function createLabel(api, path, label, action) {
	const body = {
		name: label,
		color: colour
	};
	return parsed(GiteaLabel, await api.send({
		action,
		method: "POST",
		path,
		body,
		expected: [201]
	}), action).id;
}
// tools/forge/src/gitea/url.ts
function giteaApiRoot(baseUrl) {
	const root = new URL(baseUrl);
	root.pathname = `${root.pathname.replace(/\/+$/, "")}/api/v1`;
	root.search = "";
	root.hash = "";
	return root;
}
// tools/forge/src/gitea/client.ts
const longestBody = 65536;
function createGiteaForge(options) {
	const api = giteaApi(options);
	const { clock } = options;
	return {
		provider: "gitea",
		features: {
			autoMerge: true,
			protectedBranches: true,
			namedStatusChecks: true,
			statusDescriptionLimit: 255,
			changeRequestBodyLimit: longestBody,
			webhookSecret: "signature",
			projectCreation: false,
			repositoryDescription: true,
			commitExpectingHead: false,
			commitAuthor: true
		},
		getRepository: (name) => getRepository(api, name),
		createRepository: (name, { description }) => createRepository(api, name, description),
		deleteRepository: (name) => deleteRepository(api, name),
		findProject: async () => void 0,
		deleteProject: (owner) => refuseProject("Gitea", owner),
		ensureProject: (owner) => refuseProject("Gitea", owner),
		setDefaultBranch: (name, branch) => setDefaultBranch({
			api,
			clock
		}, name, branch),
		protectBranch: (name, branch, rules) => protectBranch(api, name, branch, rules),
		getProtection: (name, branch) => getProtection(api, name, branch),
		getBranch: (name, branch) => getBranch(api, name, branch),
		listBranches: (name) => listBranches(api, name),
		deleteBranch: (name, branch) => deleteBranch(api, name, branch),
		findChangeRequest: (name, branches) => findChangeRequest(api, name, branches),
		openChangeRequest: (name, request) => openChangeRequest(api, name, fitting(request, longestBody)),
		updateChangeRequest: (name, number, text) => updateChangeRequest(api, name, number, fitting(text, longestBody)),
		getChangeRequest: (name, number) => getChangeRequest(api, name, number),
		mergeChangeRequest: (name, number, merge) => mergeChangeRequest(api, name, number, merge),
		ensureLabels: (name, number, labels) => ensureLabels(api, name, number, labels),
		ensureComment: (name, number, comment) => ensureComment(api, name, number, comment),
		commitFiles: (name, commit) => commitFiles({
			api,
			clock
		}, name, commit),
		setCommitStatus: (name, commit, status) => setCommitStatus(api, name, commit, status),
		ensureWebhook: (name, hook) => ensureWebhook(api, name, hook, { type: "gitea" }),
		findWebhook: (name, url) => findWebhook(api, name, url),
		deleteWebhook: (name, url) => deleteWebhook(api, name, url)
	};
}
function giteaApi(options) {
	return createApiClient(options, {
		root: giteaApiRoot(options.baseUrl),
		headers: { accept: "application/json" },
		authorization: (token) => `token ${token}`,
		pageSize: { limit: "50" }
	});
}
export { createGiteaForge };
