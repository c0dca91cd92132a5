import { a as required, c as headMoved, i as parsed, l as wordsOf, o as commitRefused, r as byLinkOrHeader, t as createApiClient } from "./chunk-api-client.mjs";
import { a as findMarked, c as base64Of, i as sortedLabels, l as commitAtHead, n as missingLabels, o as isSameText, s as markedText, u as fitting } from "./chunk-same.mjs";
import { t as refuseProject } from "./chunk-no-projects.mjs";
import { It as StepError, Pt as InputError, dt as _enum, gt as int, ht as boolean, pt as array, wt as string, xt as object } from "./chunk-base.mjs";
// tools/forge/src/gitlab/schema.ts
const GitLabProject = object({
	path: string(),
	namespace: object({ full_path: string() }),
	visibility: _enum([
		"private",
		"internal",
		"public"
	]),
	default_branch: string().nullish(),
	http_url_to_repo: string(),
	web_url: string(),
	description: string().nullish()
});
const GitLabNamespace = object({ id: int() });
const GitLabBranch = object({
	name: string(),
	commit: object({ id: string() }),
	protected: boolean()
});
const GitLabProtection = object({
	push_access_levels: array(object({ access_level: int().nullish() })),
	allow_force_push: boolean().nullish()
});
const GitLabMergeGate = object({ only_allow_merge_if_pipeline_succeeds: boolean() });
const GitLabApprovalRule = object({
	id: int(),
	name: string(),
	approvals_required: int()
});
const GitLabProtectedBranchId = object({ id: int() });
const GitLabMergeRequest = object({
	iid: int(),
	web_url: string(),
	title: string(),
	description: string().nullish(),
	state: _enum([
		"opened",
		"closed",
		"locked",
		"merged"
	]),
	source_branch: string(),
	target_branch: string(),
	source_project_id: int().nullish(),
	target_project_id: int(),
	sha: string().nullish(),
	merge_commit_sha: string().nullish(),
	squash_commit_sha: string().nullish(),
	merge_when_pipeline_succeeds: boolean().nullish(),
	labels: array(string())
});
const GitLabNote = object({
	id: int(),
	body: string()
});
const GitLabStatus = object({
	name: string(),
	status: string(),
	description: string().nullish(),
	target_url: string().nullish()
});
const GitLabHook = object({
	id: int(),
	url: string(),
	push_events: boolean(),
	tag_push_events: boolean(),
	merge_requests_events: boolean(),
	note_events: boolean()
});
const GitLabFile = object({ last_commit_id: string() });
const GitLabCommit = object({ id: string() });
// tools/forge/src/gitlab/repository.ts
function projectPath(name, ...more) {
	const segments = [...name.owner.split("/"), name.repository];
	return [
		"projects",
		segments.every((each) => each !== "" && each !== "." && each !== "..") ? segments.join("/") : "",
		...more
	];
}
async function getRepository(api, name) {
	const found = await api.read(GitLabProject, {
		action: `Reading ${name.owner}/${name.repository}`,
		method: "GET",
		path: projectPath(name),
		expected: [200, 404]
	});
	return found && asRepository(found);
}
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
		path: ["projects"],
		body: {
			name: name.repository,
			path: name.repository,
			namespace_id: await namespaceId(api, name.owner, action),
			description,
			visibility: "private",
			initialize_with_readme: false
		},
		expected: [201, 400]
	});
	if (answer.status === 201) return {
		changed: true,
		value: asRepository(parsed(GitLabProject, answer, action))
	};
	const value = await getRepository(api, name);
	if (value !== void 0) return {
		changed: false,
		value
	};
	throw new StepError(`${action} failed: GitLab does not accept it (400)`, { hint: "See that the name is allowed, and that the group lets the token create private projects." });
}
async function deleteRepository(api, name) {
	return { changed: (await api.send({
		action: `Deleting ${name.owner}/${name.repository}`,
		method: "DELETE",
		path: projectPath(name),
		expected: [
			202,
			204,
			404
		]
	})).status !== 404 };
}
async function setDefaultBranch(api, name, branch) {
	const action = `Making ${branch} the default branch of ${name.owner}/${name.repository}`;
	const path = projectPath(name);
	const present = await required(api.read(GitLabProject, {
		action,
		method: "GET",
		path,
		expected: [200]
	}));
	if (present.default_branch === branch) return {
		changed: false,
		value: asRepository(present)
	};
	const body = { default_branch: branch };
	const value = await required(api.read(GitLabProject, {
		action,
		method: "PUT",
		path,
		body,
		expected: [200]
	}));
	if (value.default_branch !== branch) throw new StepError(`${action} failed: the forge has not taken it`);
	return {
		changed: true,
		value: asRepository(value)
	};
}
async function getBranch(api, name, branch) {
	const found = await api.read(GitLabBranch, {
		action: `Reading branch ${branch} of ${name.owner}/${name.repository}`,
		method: "GET",
		path: projectPath(name, "repository", "branches", branch),
		expected: [200, 404]
	});
	return found && asBranch(found);
}
async function listBranches(api, name) {
	const action = `Listing the branches of ${name.owner}/${name.repository}`;
	const path = projectPath(name, "repository", "branches");
	return (await api.list(array(GitLabBranch), {
		action,
		path
	})).map(asBranch);
}
async function deleteBranch(api, name, branch) {
	if (await getBranch(api, name, branch) === void 0) return { changed: false };
	return { changed: (await api.send({
		action: `Deleting branch ${branch} of ${name.owner}/${name.repository}`,
		method: "DELETE",
		path: projectPath(name, "repository", "branches", branch),
		expected: [204, 404]
	})).status === 204 };
}
async function namespaceId(api, owner, action) {
	const found = await api.read(GitLabNamespace, {
		action,
		method: "GET",
		path: ["namespaces", owner],
		expected: [200, 404]
	});
	if (found !== void 0) return found.id;
	throw new StepError(`${action} failed: the token sees no group ${owner}`, { hint: `Create the group ${owner}, or give a token that may create projects in it.` });
}
function asRepository(found) {
	return {
		owner: found.namespace.full_path,
		repository: found.path,
		private: found.visibility === "private",
		defaultBranch: found.default_branch ?? "main",
		cloneUrl: found.http_url_to_repo,
		webUrl: found.web_url,
		description: found.description ?? ""
	};
}
function asBranch(found) {
	return {
		name: found.name,
		commit: found.commit.id,
		protected: found.protected
	};
}
// tools/forge/src/gitlab/branch-protection.ts
const nobody = 0;
const developers = 30;
const approvalRuleName = "luban";
async function protectBranch(api, name, branch, rules) {
	const action = `Protecting ${branch} of ${name.owner}/${name.repository}`;
	const closed = await closeForPushes(api, name, branch, action);
	const gated = await demandPipeline(api, name, rules.requiredStatusChecks.length > 0, action);
	const approved = await demandApprovals(api, name, closed.id, rules.requiredApprovals, action);
	return {
		changed: closed.changed || gated || approved,
		value: rules
	};
}
async function getProtection(api, name, branch) {
	const action = `Reading the protection of ${branch} of ${name.owner}/${name.repository}`;
	const path = projectPath(name, "protected_branches", branch);
	const found = await api.read(GitLabProtection, {
		action,
		method: "GET",
		path,
		expected: [200, 404]
	});
	if (found === void 0 || !isClosed(found)) return void 0;
	const gate = await required(api.read(GitLabMergeGate, {
		action,
		method: "GET",
		path: projectPath(name),
		expected: [200]
	}));
	return {
		requiredApprovals: (await approvalRule(api, name, action))?.approvals_required ?? 0,
		requiredStatusChecks: gate.only_allow_merge_if_pipeline_succeeds ? ["pipeline"] : []
	};
}
function isClosed(protection) {
	return protection.push_access_levels.every((level) => level.access_level === nobody) && protection.allow_force_push !== true;
}
async function closeForPushes(api, name, branch, action) {
	const path = projectPath(name, "protected_branches");
	const own = [...path, branch];
	const Protection = GitLabProtection.extend(GitLabProtectedBranchId.shape);
	const present = await api.read(Protection, {
		action,
		method: "GET",
		path: own,
		expected: [200, 404]
	});
	if (present !== void 0) {
		if (isClosed(present)) return {
			changed: false,
			id: present.id
		};
		await api.send({
			action,
			method: "DELETE",
			path: own,
			expected: [204, 404]
		});
	}
	const body = {
		name: branch,
		push_access_level: nobody,
		merge_access_level: developers,
		allow_force_push: false
	};
	return {
		changed: true,
		id: (await required(api.read(Protection, {
			action,
			method: "POST",
			path,
			body,
			expected: [201]
		}))).id
	};
}
async function demandPipeline(api, name, isDemanded, action) {
	const path = projectPath(name);
	if ((await required(api.read(GitLabMergeGate, {
		action,
		method: "GET",
		path,
		expected: [200]
	}))).only_allow_merge_if_pipeline_succeeds === isDemanded) return false;
	const body = { only_allow_merge_if_pipeline_succeeds: isDemanded };
	await api.send({
		action,
		method: "PUT",
		path,
		body,
		expected: [200]
	});
	return true;
}
async function approvalRule(api, name, action) {
	const path = projectPath(name, "approval_rules");
	if ((await api.send({
		action,
		method: "GET",
		path,
		expected: [
			200,
			403,
			404
		]
	})).status !== 200) return void 0;
	return (await api.list(array(GitLabApprovalRule), {
		action,
		path
	})).find((each) => each.name === approvalRuleName) ?? {
		id: void 0,
		approvals_required: 0
	};
}
async function demandApprovals(api, name, protectedBranchId, approvals, action) {
	const path = projectPath(name, "approval_rules");
	const present = await approvalRule(api, name, action);
	if (present === void 0) {
		if (approvals === 0) return false;
		throw new StepError(`${action} failed: this GitLab has no rules for approvals`, { hint: "Approvals are a feature of Premium; ask for none, or demand a status check instead." });
	}
	if (present.approvals_required === approvals) return false;
	const body = {
		name: approvalRuleName,
		approvals_required: approvals,
		protected_branch_ids: [protectedBranchId]
	};
	await (present.id === void 0 ? api.send({
		action,
		method: "POST",
		path,
		body,
		expected: [201]
	}) : api.send({
		action,
		method: "PUT",
		path: [...path, String(present.id)],
		body,
		expected: [200]
	}));
	return true;
}
// tools/forge/src/gitlab/change-request.ts
async function findChangeRequest(api, name, { source, target }) {
	const found = (await api.list(array(GitLabMergeRequest), {
		action: `Looking for merge requests of ${name.owner}/${name.repository}`,
		path: projectPath(name, "merge_requests"),
		query: {
			state: "opened",
			source_branch: source,
			target_branch: target
		}
	})).find((each) => each.source_project_id === each.target_project_id);
	return found && asChangeRequest(found);
}
async function openChangeRequest(api, name, request) {
	const action = `Opening a merge request from ${request.source} to ${request.target} in ${name.owner}/${name.repository}`;
	const answer = await api.send({
		action,
		method: "POST",
		path: projectPath(name, "merge_requests"),
		body: {
			source_branch: request.source,
			target_branch: request.target,
			title: request.title,
			description: request.body
		},
		expected: [201, 409]
	});
	if (answer.status === 201) return {
		changed: true,
		value: asChangeRequest(parsed(GitLabMergeRequest, answer, action))
	};
	const value = await findChangeRequest(api, name, request);
	if (value !== void 0) return {
		changed: false,
		value
	};
	throw new StepError(`${action} failed: GitLab does not accept it${wordsOf(answer)}`, { hint: "See that both branches exist and differ." });
}
async function updateChangeRequest(api, name, number, text) {
	const action = `Updating merge request ${number} of ${name.owner}/${name.repository}`;
	const path = projectPath(name, "merge_requests", String(number));
	const present = await required(api.read(GitLabMergeRequest, {
		action,
		method: "GET",
		path,
		expected: [200]
	}));
	if (present.title === text.title && (present.description ?? "") === text.body) return {
		changed: false,
		value: asChangeRequest(present)
	};
	const body = {
		title: text.title,
		description: text.body
	};
	return {
		changed: true,
		value: asChangeRequest(await required(api.read(GitLabMergeRequest, {
			action,
			method: "PUT",
			path,
			body,
			expected: [200]
		})))
	};
}
async function getChangeRequest(api, name, number) {
	const found = await readMergeRequest(api, name, number, [200, 404]);
	return found && asChangeRequest(found);
}
async function mergeChangeRequest(api, name, number, options) {
	const action = `Merging merge request ${number} of ${name.owner}/${name.repository}`;
	const present = await required(readMergeRequest(api, name, number, [200]));
	if (present.state === "merged") return {
		outcome: "merged",
		commit: mergeCommitOf(present),
		changed: false
	};
	if (present.sha !== options.expectedHead) throw headMoved(action, present.source_branch, options.expectedHead);
	if (options.auto === true && present.merge_when_pipeline_succeeds === true) return {
		outcome: "scheduled",
		changed: false
	};
	const answer = await api.send({
		action,
		method: "PUT",
		path: projectPath(name, "merge_requests", String(number), "merge"),
		body: mergeBody(options),
		expected: [
			200,
			401,
			405,
			406,
			409,
			422
		],
		repeatable: false
	});
	if (answer.status === 409) throw headMoved(action, present.source_branch, options.expectedHead);
	if (answer.status !== 200) throw refusedMerge(action, answer);
	const after = parsed(GitLabMergeRequest, answer, action);
	if (after.state === "merged") return {
		outcome: "merged",
		commit: mergeCommitOf(after),
		changed: true
	};
	return {
		outcome: "scheduled",
		changed: true
	};
}
function mergeBody({ expectedHead, method, auto, title }) {
	const isSquash = method === "squash";
	return {
		sha: expectedHead,
		squash: isSquash,
		...title === void 0 ? {} : { [isSquash ? "squash_commit_message" : "merge_commit_message"]: title },
		...auto === true ? {
			auto_merge: true,
			merge_when_pipeline_succeeds: true
		} : {}
	};
}
function refusedMerge(action, answer) {
	if (answer.status === 401) return new StepError(`${action} failed: the token may not merge into this branch`, { hint: "Give it a role that the protected branch lets merge." });
	return new StepError(`${action} failed: it cannot be merged${wordsOf(answer)}`, { hint: "Open its page to see which pipelines or approvals it waits for, and whether there is a conflict." });
}
function readMergeRequest(api, name, number, expected) {
	return api.read(GitLabMergeRequest, {
		action: `Reading merge request ${number} of ${name.owner}/${name.repository}`,
		method: "GET",
		path: projectPath(name, "merge_requests", String(number)),
		expected
	});
}
function mergeCommitOf(found) {
	return found.merge_commit_sha ?? found.squash_commit_sha ?? found.sha ?? "";
}
function asChangeRequest(found) {
	const isMerged = found.state === "merged";
	const open = found.state === "closed" ? "closed" : "open";
	return {
		number: found.iid,
		url: found.web_url,
		title: found.title,
		body: found.description ?? "",
		state: isMerged ? "merged" : open,
		source: found.source_branch,
		target: found.target_branch,
		head: found.sha ?? "",
		...isMerged ? { mergeCommit: mergeCommitOf(found) } : {}
	};
}
// tools/forge/src/gitlab/commit-files.ts
function commitFiles(api, name, commit) {
	return commitAtHead(commit, () => getBranch(api, name, commit.branch), () => createCommit(api, name, commit));
}
async function createCommit(api, name, commit) {
	const action = `Committing to ${commit.branch} of ${name.owner}/${name.repository}`;
	const actions = await Promise.all(commit.changes.map((change) => actionFor(api, name, commit, change)));
	const { author } = commit;
	const answer = await api.send({
		action,
		method: "POST",
		path: projectPath(name, "repository", "commits"),
		body: {
			branch: commit.branch,
			commit_message: commit.message,
			actions,
			...author === void 0 ? {} : {
				author_name: author.name,
				author_email: author.email
			}
		},
		expected: [
			201,
			400,
			403
		]
	});
	if (answer.status === 201) return { commit: parsed(GitLabCommit, answer, action).id };
	return { refused: commitRefused(action, answer) };
}
async function actionFor(api, name, commit, change) {
	const { action, path } = change;
	const content = change.action === "delete" ? {} : {
		content: base64Of(change.content),
		encoding: "base64"
	};
	if (action === "create") return {
		action,
		file_path: path,
		...content
	};
	return {
		action,
		file_path: path,
		last_commit_id: (await api.read(GitLabFile, {
			action: `Reading ${path} of ${name.owner}/${name.repository}`,
			method: "GET",
			path: projectPath(name, "repository", "files", path),
			query: { ref: commit.expectedHead },
			expected: [200]
		}))?.last_commit_id ?? "",
		...content
	};
}
const states = {
	pending: "pending",
	success: "success",
	failure: "failed",
	error: "failed"
};
async function setCommitStatus(api, name, commit, status) {
	const action = `Setting the status ${status.context} of ${name.owner}/${name.repository}@${commit}`;
	const description = status.description.slice(0, 255);
	const present = await api.list(array(GitLabStatus), {
		action,
		path: projectPath(name, "repository", "commits", commit, "statuses"),
		query: { name: status.context }
	});
	const state = states[status.state];
	const value = {
		...status,
		description
	};
	if (present.find((each) => each.name === status.context)?.status === state) return {
		changed: false,
		value
	};
	await api.send({
		action,
		method: "POST",
		path: projectPath(name, "statuses", commit),
		body: {
			state,
			name: status.context,
			description,
			...status.url === void 0 ? {} : { target_url: status.url }
		},
		expected: [201],
		repeatable: true
	});
	return {
		changed: true,
		value
	};
}
// tools/forge/src/gitlab/discussion.ts
async function ensureLabels(api, name, number, labels) {
	const action = `Labelling merge request ${number} of ${name.owner}/${name.repository}`;
	const broken = labels.find((each) => each.includes(","));
	if (broken !== void 0) throw new InputError(`${action} failed: GitLab's labels have no commas (${broken})`);
	const path = projectPath(name, "merge_requests", String(number));
	const present = await required(api.read(GitLabMergeRequest, {
		action,
		method: "GET",
		path,
		expected: [200]
	}));
	const missing = missingLabels(present.labels, labels);
	if (missing.length === 0) return {
		changed: false,
		value: sortedLabels(present.labels)
	};
	const body = { add_labels: missing.join(",") };
	const after = await required(api.read(GitLabMergeRequest, {
		action,
		method: "PUT",
		path,
		body,
		expected: [200]
	}));
	return {
		changed: true,
		value: sortedLabels(after.labels)
	};
}
async function ensureComment(api, name, number, comment) {
	const action = `Commenting on merge request ${number} of ${name.owner}/${name.repository}`;
	const body = markedText(comment);
	const path = projectPath(name, "merge_requests", String(number), "notes");
	const notes = await api.list(array(GitLabNote), {
		action,
		path,
		query: { sort: "asc" }
	});
	const present = findMarked(notes, comment.marker, (each) => each.body);
	if (present === void 0) {
		const answer = await api.send({
			action,
			method: "POST",
			path,
			body: { body },
			expected: [201]
		});
		return {
			changed: true,
			value: { id: String(parsed(GitLabNote, answer, action).id) }
		};
	}
	const value = { id: String(present.id) };
	if (isSameText(present.body, body)) return {
		changed: false,
		value
	};
	await api.send({
		action,
		method: "PUT",
		path: [...path, value.id],
		body: { body },
		expected: [200]
	});
	return {
		changed: true,
		value
	};
}
// tools/forge/src/gitlab/url.ts
function gitLabApiRoot(baseUrl) {
	const root = new URL(baseUrl);
	root.pathname = `${root.pathname.replace(/\/+$/, "")}/api/v4`;
	root.search = "";
	root.hash = "";
	return root;
}
// tools/forge/src/gitlab/webhook.ts
async function ensureWebhook(api, name, hook) {
	const action = `Setting the webhook of ${name.owner}/${name.repository}`;
	const path = projectPath(name, "hooks");
	const present = await readHook(api, name, hook.url, action);
	const events = {
		push_events: hook.events.includes("push"),
		tag_push_events: hook.events.includes("push"),
		merge_requests_events: hook.events.includes("change-request"),
		note_events: hook.events.includes("comment")
	};
	const bearer = {
		key: "Authorization",
		value: `Bearer ${hook.secret}`
	};
	const body = {
		url: hook.url,
		token: hook.secret,
		custom_headers: [bearer],
		enable_ssl_verification: true,
		...events
	};
	await (present === void 0 ? api.send({
		action,
		method: "POST",
		path,
		body,
		expected: [201]
	}) : api.send({
		action,
		method: "PUT",
		path: [...path, String(present.id)],
		body,
		expected: [200]
	}));
	return {
		changed: present === void 0 || differs(present, events),
		value: { url: hook.url }
	};
}
async function readHook(api, name, url, action) {
	return (await api.list(array(GitLabHook), {
		action,
		path: projectPath(name, "hooks")
	})).find((each) => each.url === url);
}
async function findWebhook(api, name, url) {
	const found = await readHook(api, name, url, `Reading the webhooks of ${name.owner}/${name.repository}`);
	if (found === void 0) return void 0;
	return {
		url,
		events: [
			["push", found.push_events && found.tag_push_events],
			["change-request", found.merge_requests_events],
			["comment", found.note_events]
		].flatMap(([event, isOn]) => isOn ? [event] : []),
		active: true
	};
}
async function deleteWebhook(api, name, url) {
	const action = `Removing the webhook of ${name.owner}/${name.repository}`;
	const found = await readHook(api, name, url, action);
	if (found === void 0) return { changed: false };
	const path = projectPath(name, "hooks", String(found.id));
	return { changed: (await api.send({
		action,
		method: "DELETE",
		path,
		expected: [204, 404]
	})).status === 204 };
}
function differs(present, wanted) {
	return present.push_events !== wanted.push_events || present.tag_push_events !== wanted.tag_push_events || present.merge_requests_events !== wanted.merge_requests_events || present.note_events !== wanted.note_events;
}
// tools/forge/src/gitlab/client.ts
const longestBody = 1048576;
function createGitLabForge(options) {
	const api = gitLabApi(options);
	return {
		provider: "gitlab",
		features: {
			autoMerge: true,
			protectedBranches: true,
			namedStatusChecks: false,
			statusDescriptionLimit: 255,
			changeRequestBodyLimit: longestBody,
			webhookSecret: "token-header",
			projectCreation: false,
			repositoryDescription: true,
			commitExpectingHead: false,
			commitAuthor: true
		},
		getRepository: (name) => getRepository(api, name),
		createRepository: (name, { description }) => createRepository(api, name, description),
		deleteRepository: (name) => deleteRepository(api, name),
		findProject: async () => void 0,
		deleteProject: (owner) => refuseProject("GitLab", owner),
		ensureProject: (owner) => refuseProject("GitLab", owner),
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
		mergeChangeRequest: (name, number, merge) => mergeChangeRequest(api, name, number, merge),
		ensureLabels: (name, number, labels) => ensureLabels(api, name, number, labels),
		ensureComment: (name, number, comment) => ensureComment(api, name, number, comment),
		commitFiles: (name, commit) => commitFiles(api, name, commit),
		setCommitStatus: (name, commit, status) => setCommitStatus(api, name, commit, status),
		ensureWebhook: (name, hook) => ensureWebhook(api, name, hook),
		findWebhook: (name, url) => findWebhook(api, name, url),
		deleteWebhook: (name, url) => deleteWebhook(api, name, url)
	};
}
function gitLabApi(options) {
	return createApiClient(options, {
		root: gitLabApiRoot(options.baseUrl),
		headers: { accept: "application/json" },
		authorization: (token) => `Bearer ${token}`,
		pageSize: { per_page: "100" },
		nextPage: byLinkOrHeader
	});
}
export { createGitLabForge };
