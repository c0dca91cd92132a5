import { a as required, c as headMoved, i as parsed, l as wordsOf, t as createApiClient } from "./chunk-api-client.mjs";
import { c as base64Of, i as sortedLabels, l as commitAtHead, n as missingLabels, r as sameRules, u as fitting } from "./chunk-same.mjs";
import { t as refuseProject } from "./chunk-no-projects.mjs";
import { a as deleteWebhook, c as getRepository, d as setDefaultBranch, i as deleteRepository, l as refuseForeignOwner, n as RestRepository, o as ensureWebhook, r as asRepository, s as findWebhook, t as ensureComment, u as repositoryPath } from "./chunk-rest-discussion.mjs";
import { It as StepError, dt as _enum, gt as int, ht as boolean, pt as array, wt as string, xt as object } from "./chunk-base.mjs";
import { t as gitHubApiRoots } from "./chunk-url.mjs";
// tools/forge/src/github/schema.ts
const GitHubBranch = object({
	name: string(),
	commit: object({ sha: string() }),
	protected: boolean()
});
const Enabled = object({ enabled: boolean() }).nullish();
const GitHubProtection = object({
	required_pull_request_reviews: object({
		required_approving_review_count: int().nullish(),
		dismiss_stale_reviews: boolean().nullish()
	}).nullish(),
	required_status_checks: object({ contexts: array(string()).nullish() }).nullish(),
	enforce_admins: Enabled
});
const PullBranch = object({
	ref: string(),
	sha: string()
});
const GitHubPullRequest = object({
	number: int(),
	node_id: string(),
	html_url: string(),
	title: string(),
	body: string().nullish(),
	state: _enum(["open", "closed"]),
	merged_at: string().nullish(),
	merge_commit_sha: string().nullish(),
	auto_merge: object({ merge_method: string() }).nullish(),
	head: PullBranch,
	base: PullBranch
});
const GitHubMerge = object({
	sha: string(),
	merged: boolean()
});
const GitHubStatus = object({
	context: string(),
	state: string(),
	description: string().nullish(),
	target_url: string().nullish()
});
const GraphQlAnswer = object({ errors: array(object({
	message: string(),
	type: string().nullish()
})).nullish() });
const GitHubLabel = object({ name: string() });
const GraphQlCommit = GraphQlAnswer.extend({ data: object({ createCommitOnBranch: object({ commit: object({ oid: string() }).nullish() }).nullish() }).nullish() });
// tools/forge/src/github/auto-merge.ts
const mutation$1 = `mutation($id: ID!, $method: PullRequestMergeMethod!, $head: GitObjectID!, $title: String) {
  enablePullRequestAutoMerge(
    input: { pullRequestId: $id, mergeMethod: $method, expectedHeadOid: $head, commitHeadline: $title }
  ) { clientMutationId }
}`;
async function enableAutoMerge(graphQl, action, pullRequestId, options) {
	const variables = {
		id: pullRequestId,
		method: options.method.toUpperCase(),
		head: options.expectedHead,
		title: options.title ?? null
	};
	const answer = await graphQl.send({
		action,
		method: "POST",
		path: ["graphql"],
		body: {
			query: mutation$1,
			variables
		},
		expected: [200],
		repeatable: true
	});
	const { errors } = parsed(GraphQlAnswer, answer, action);
	if (errors == null || errors.length === 0) return;
	throw new StepError(`${action} failed: GitHub would not merge it later (${errors.map((each) => each.message).join("; ")})`, { hint: "Allow auto-merge in the settings of the repository, and see that it has no conflict." });
}
// tools/forge/src/github/change-request.ts
async function findChangeRequest(api, name, { source, target }) {
	const found = (await api.list(array(GitHubPullRequest), {
		action: `Looking for pull requests of ${name.owner}/${name.repository}`,
		path: repositoryPath(name, "pulls"),
		query: {
			state: "open",
			head: `${name.owner}:${source}`,
			base: target
		}
	})).find(({ head, base }) => head.ref === source && base.ref === target);
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
		expected: [201, 422]
	});
	if (answer.status === 201) return {
		changed: true,
		value: asChangeRequest(parsed(GitHubPullRequest, answer, action))
	};
	const value = await findChangeRequest(api, name, request);
	if (value !== void 0) return {
		changed: false,
		value
	};
	throw new StepError(`${action} failed: GitHub does not accept it${wordsOf(answer)}`, { hint: "See that both branches exist and differ." });
}
async function updateChangeRequest(api, name, number, text) {
	const action = `Updating pull request ${number} of ${name.owner}/${name.repository}`;
	const path = repositoryPath(name, "pulls", String(number));
	const present = await required(api.read(GitHubPullRequest, {
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
		value: asChangeRequest(await required(api.read(GitHubPullRequest, {
			action,
			method: "PATCH",
			path,
			body: text,
			expected: [200]
		})))
	};
}
async function getChangeRequest(api, name, number) {
	const found = await readPullRequest(api, name, number, [200, 404]);
	return found && asChangeRequest(found);
}
async function mergeChangeRequest({ api, graphQl }, name, number, options) {
	const action = `Merging pull request ${number} of ${name.owner}/${name.repository}`;
	const present = await required(readPullRequest(api, name, number, [200]));
	if (present.merged_at != null) return {
		outcome: "merged",
		commit: present.merge_commit_sha ?? "",
		changed: false
	};
	if (present.head.sha !== options.expectedHead) throw headMoved(action, present.head.ref, options.expectedHead);
	const answer = await api.send({
		action,
		method: "PUT",
		path: repositoryPath(name, "pulls", String(number), "merge"),
		body: {
			sha: options.expectedHead,
			merge_method: options.method,
			...options.title === void 0 ? {} : { commit_title: options.title }
		},
		expected: [
			200,
			405,
			409
		],
		repeatable: false
	});
	if (answer.status === 200) return {
		outcome: "merged",
		commit: parsed(GitHubMerge, answer, action).sha,
		changed: true
	};
	if (answer.status === 409) throw headMoved(action, present.head.ref, options.expectedHead);
	if (options.auto !== true) throw new StepError(`${action} failed: it cannot be merged${wordsOf(answer)}`, { hint: "Open its page to see which checks or approvals it waits for, and whether there is a conflict." });
	if (present.auto_merge != null) return {
		outcome: "scheduled",
		changed: false
	};
	await enableAutoMerge(graphQl, action, present.node_id, options);
	return {
		outcome: "scheduled",
		changed: true
	};
}
function readPullRequest(api, name, number, expected) {
	return api.read(GitHubPullRequest, {
		action: `Reading pull request ${number} of ${name.owner}/${name.repository}`,
		method: "GET",
		path: repositoryPath(name, "pulls", String(number)),
		expected
	});
}
function asChangeRequest(found) {
	const isMerged = found.merged_at != null;
	return {
		number: found.number,
		url: found.html_url,
		title: found.title,
		body: found.body ?? "",
		state: isMerged ? "merged" : found.state,
		source: found.head.ref,
		target: found.base.ref,
		head: found.head.sha,
		...isMerged && found.merge_commit_sha ? { mergeCommit: found.merge_commit_sha } : {}
	};
}
// tools/forge/src/github/repository.ts
async function createRepository(api, name, description) {
	const present = await getRepository(api, name);
	if (present !== void 0) return {
		changed: false,
		value: present
	};
	const action = `Creating ${name.owner}/${name.repository}`;
	const body = {
		name: name.repository,
		description,
		private: true,
		auto_init: false
	};
	const create = (path, expected) => api.send({
		action,
		method: "POST",
		path,
		body,
		expected
	});
	const inOrganization = await create([
		"orgs",
		name.owner,
		"repos"
	], [
		201,
		404,
		422
	]);
	if (inOrganization.status === 404) await refuseForeignOwner(api, name.owner, action);
	const answer = inOrganization.status === 404 ? await create(["user", "repos"], [201, 422]) : inOrganization;
	if (answer.status === 201) return {
		changed: true,
		value: asRepository(parsed(RestRepository, answer, action))
	};
	const value = await getRepository(api, name);
	if (value === void 0) throw new StepError(`${action} failed: GitHub does not accept it (422)`, { hint: "See that the name is allowed, and that the plan and the organisation let the token create private repositories." });
	return {
		changed: false,
		value
	};
}
async function protectBranch(api, name, branch, rules) {
	const action = `Protecting ${branch} of ${name.owner}/${name.repository}`;
	const path = repositoryPath(name, "branches", branch, "protection");
	const present = await readProtection(api, name, branch, action);
	if (present !== void 0 && sameRules(present, rules)) return {
		changed: false,
		value: rules
	};
	const body = {
		enforce_admins: true,
		required_pull_request_reviews: {
			required_approving_review_count: rules.requiredApprovals,
			dismiss_stale_reviews: true
		},
		required_status_checks: rules.requiredStatusChecks.length === 0 ? null : {
			strict: false,
			contexts: rules.requiredStatusChecks
		},
		restrictions: null
	};
	await api.send({
		action,
		method: "PUT",
		path,
		body,
		expected: [200]
	});
	return {
		changed: true,
		value: rules
	};
}
async function getProtection(api, name, branch) {
	return readProtection(api, name, branch, `Reading the protection of ${branch} of ${name.owner}/${name.repository}`);
}
async function readProtection(api, name, branch, action) {
	const path = repositoryPath(name, "branches", branch, "protection");
	const found = await api.read(GitHubProtection, {
		action,
		method: "GET",
		path,
		expected: [200, 404]
	});
	return found?.enforce_admins?.enabled === true && found.required_pull_request_reviews != null ? rulesOf(found) : void 0;
}
async function getBranch(api, name, branch) {
	const found = await api.read(GitHubBranch, {
		action: `Reading branch ${branch} of ${name.owner}/${name.repository}`,
		method: "GET",
		path: repositoryPath(name, "branches", branch),
		expected: [200, 404]
	});
	return found && asBranch(found);
}
async function listBranches(api, name) {
	const action = `Listing the branches of ${name.owner}/${name.repository}`;
	return (await api.list(array(GitHubBranch), {
		action,
		path: repositoryPath(name, "branches")
	})).map(asBranch);
}
async function deleteBranch(api, name, branch) {
	if (await getBranch(api, name, branch) === void 0) return { changed: false };
	const answer = await api.send({
		action: `Deleting branch ${branch} of ${name.owner}/${name.repository}`,
		method: "DELETE",
		path: repositoryPath(name, "git", "refs", "heads", ...branch.split("/")),
		expected: [
			204,
			404,
			422
		]
	});
	if (answer.status !== 204 && await getBranch(api, name, branch) !== void 0) throw new StepError(`Deleting branch ${branch} of ${name.owner}/${name.repository} failed: GitHub refuses it`, { hint: "See whether a rule protects the branch." });
	return { changed: answer.status === 204 };
}
function asBranch(found) {
	return {
		name: found.name,
		commit: found.commit.sha,
		protected: found.protected
	};
}
function rulesOf(found) {
	return {
		requiredApprovals: found.required_pull_request_reviews?.required_approving_review_count ?? 0,
		requiredStatusChecks: found.required_status_checks?.contexts ?? []
	};
}
// tools/forge/src/github/commit-files.ts
const mutation = `mutation($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;
function commitFiles({ api, graphQl }, name, commit) {
	return commitAtHead(commit, () => getBranch(api, name, commit.branch), () => createCommit(graphQl, name, commit));
}
async function createCommit(graphQl, name, commit) {
	const action = `Committing to ${commit.branch} of ${name.owner}/${name.repository}`;
	const answer = await graphQl.send({
		action,
		method: "POST",
		path: ["graphql"],
		body: {
			query: mutation,
			variables: { input: inputOf(name, commit) }
		},
		expected: [200]
	});
	const { data, errors } = parsed(GraphQlCommit, answer, action);
	const made = data?.createCommitOnBranch?.commit?.oid;
	if (made !== void 0) return { commit: made };
	const why = (errors ?? []).map(({ message }) => message).join("; ");
	return { refused: new StepError(`${action} failed: GitHub refuses it (${why})`, { hint: "See whether a rule protects the branch; then open a pull request instead." }) };
}
function inputOf(name, commit) {
	const [headline = "", ...rest] = commit.message.split("\n");
	const body = rest.join("\n").trim();
	const additions = commit.changes.flatMap((each) => each.action === "delete" ? [] : [{
		path: each.path,
		contents: base64Of(each.content)
	}]);
	const deletions = commit.changes.flatMap((each) => each.action === "delete" ? [{ path: each.path }] : []);
	return {
		branch: {
			repositoryNameWithOwner: `${name.owner}/${name.repository}`,
			branchName: commit.branch
		},
		expectedHeadOid: commit.expectedHead,
		message: body === "" ? { headline } : {
			headline,
			body
		},
		fileChanges: {
			additions,
			deletions
		}
	};
}
async function setCommitStatus(api, name, commit, status) {
	const action = `Setting the status ${status.context} of ${name.owner}/${name.repository}@${commit}`;
	const description = status.description.slice(0, 140);
	const newest = (await api.list(array(GitHubStatus), {
		action,
		path: repositoryPath(name, "commits", commit, "statuses")
	})).find((each) => each.context === status.context);
	const isSame = newest?.state === status.state && (newest.description ?? "") === description && (newest.target_url ?? "") === (status.url ?? "");
	const value = {
		...status,
		description
	};
	if (isSame) return {
		changed: false,
		value
	};
	await api.send({
		action,
		method: "POST",
		path: repositoryPath(name, "statuses", commit),
		body: {
			context: status.context,
			state: status.state,
			description,
			target_url: status.url ?? null
		},
		expected: [201],
		repeatable: true
	});
	return {
		changed: true,
		value
	};
}
// tools/forge/src/github/discussion.ts
async function ensureLabels(api, name, number, labels) {
	const action = `Labelling pull request ${number} of ${name.owner}/${name.repository}`;
	const path = repositoryPath(name, "issues", String(number), "labels");
	const present = (await api.list(array(GitHubLabel), {
		action,
		path
	})).map((each) => each.name);
	const missing = missingLabels(present, labels);
	if (missing.length === 0) return {
		changed: false,
		value: sortedLabels(present)
	};
	const body = { labels: missing };
	const answer = await api.send({
		action,
		method: "POST",
		path,
		body,
		expected: [200],
		repeatable: true
	});
	return {
		changed: true,
		value: sortedLabels(parsed(array(GitHubLabel), answer, action).map((each) => each.name))
	};
}
// tools/forge/src/github/client.ts
const longestBody = 65536;
function createGitHubForge(options) {
	const roots = gitHubApiRoots(options.baseUrl);
	const api = gitHubApi(options, roots.rest);
	const graphQl = gitHubApi(options, roots.graphQl);
	return {
		provider: "github",
		features: {
			autoMerge: true,
			protectedBranches: true,
			namedStatusChecks: true,
			statusDescriptionLimit: 140,
			changeRequestBodyLimit: longestBody,
			webhookSecret: "signature",
			projectCreation: false,
			repositoryDescription: true,
			commitExpectingHead: true,
			commitAuthor: false
		},
		getRepository: (name) => getRepository(api, name),
		createRepository: (name, { description }) => createRepository(api, name, description),
		deleteRepository: (name) => deleteRepository(api, name),
		findProject: async () => void 0,
		deleteProject: (owner) => refuseProject("GitHub", owner),
		ensureProject: (owner) => refuseProject("GitHub", owner),
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
			graphQl
		}, name, number, merge),
		ensureLabels: (name, number, labels) => ensureLabels(api, name, number, labels),
		ensureComment: (name, number, comment) => ensureComment(api, name, number, comment),
		commitFiles: (name, commit) => commitFiles({
			api,
			graphQl
		}, name, commit),
		setCommitStatus: (name, commit, status) => setCommitStatus(api, name, commit, status),
		ensureWebhook: (name, hook) => ensureWebhook(api, name, hook, { name: "web" }),
		findWebhook: (name, url) => findWebhook(api, name, url),
		deleteWebhook: (name, url) => deleteWebhook(api, name, url)
	};
}
function gitHubApi(options, root) {
	return createApiClient(options, {
		root,
		headers: {
			accept: "application/vnd.github+json",
			"user-agent": "luban-ci",
			"x-github-api-version": "2022-11-28"
		},
		authorization: (token) => `Bearer ${token}`,
		pageSize: { per_page: "100" }
	});
}
export { createGitHubForge };
