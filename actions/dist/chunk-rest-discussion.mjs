import { a as findMarked, o as isSameText, s as markedText, t as hookDiffers } from "./chunk-same.mjs";
import { a as required, i as parsed } from "./chunk-api-client.mjs";
import { It as StepError, f as webhookEvents, gt as int, ht as boolean, pt as array, wt as string, xt as object } from "./chunk-base.mjs";
// tools/forge/src/rest-repository.ts
const RestRepository = object({
	name: string(),
	owner: object({ login: string() }),
	private: boolean(),
	default_branch: string(),
	clone_url: string(),
	html_url: string(),
	description: string().nullish()
});
const RestAccount = object({ login: string() });
const RestHook = object({
	id: int(),
	active: boolean(),
	events: array(string()).nullish(),
	config: object({ url: string().optional() })
});
function repositoryPath(name, ...more) {
	return [
		"repos",
		name.owner,
		name.repository,
		...more
	];
}
async function getRepository(api, name) {
	const found = await api.read(RestRepository, {
		action: `Reading ${name.owner}/${name.repository}`,
		method: "GET",
		path: repositoryPath(name),
		expected: [200, 404]
	});
	return found && asRepository(found);
}
async function deleteRepository(api, name) {
	return { changed: (await api.send({
		action: `Deleting ${name.owner}/${name.repository}`,
		method: "DELETE",
		path: repositoryPath(name),
		expected: [204, 404]
	})).status === 204 };
}
async function setDefaultBranch(api, name, branch) {
	const action = `Making ${branch} the default branch of ${name.owner}/${name.repository}`;
	const path = repositoryPath(name);
	const present = await required(api.read(RestRepository, {
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
	const value = await required(api.read(RestRepository, {
		action,
		method: "PATCH",
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
const eventNames = {
	push: "push",
	"change-request": "pull_request",
	comment: "issue_comment"
};
async function readHook(api, name, url, action) {
	return (await api.list(array(RestHook), {
		action,
		path: repositoryPath(name, "hooks")
	})).find((each) => each.config.url === url);
}
async function findWebhook(api, name, url) {
	const found = await readHook(api, name, url, `Reading the webhooks of ${name.owner}/${name.repository}`);
	if (found === void 0) return void 0;
	return {
		url,
		events: webhookEvents.filter((event) => found.events?.includes(eventNames[event]) === true),
		active: found.active
	};
}
async function deleteWebhook(api, name, url) {
	const action = `Removing the webhook of ${name.owner}/${name.repository}`;
	const found = await readHook(api, name, url, action);
	if (found === void 0) return { changed: false };
	const path = repositoryPath(name, "hooks", String(found.id));
	return { changed: (await api.send({
		action,
		method: "DELETE",
		path,
		expected: [204, 404]
	})).status === 204 };
}
async function ensureWebhook(api, name, hook, kind) {
	const action = `Setting the webhook of ${name.owner}/${name.repository}`;
	const path = repositoryPath(name, "hooks");
	const present = await readHook(api, name, hook.url, action);
	const config = {
		url: hook.url,
		content_type: "json",
		secret: hook.secret
	};
	const events = hook.events.map((event) => eventNames[event]);
	const body = {
		config,
		events,
		active: true
	};
	await (present === void 0 ? api.send({
		action,
		method: "POST",
		path,
		body: {
			...body,
			...kind
		},
		expected: [201]
	}) : api.send({
		action,
		method: "PATCH",
		path: [...path, String(present.id)],
		body,
		expected: [200]
	}));
	return {
		changed: present === void 0 || hookDiffers(present, events),
		value: { url: hook.url }
	};
}
async function refuseForeignOwner(api, owner, action) {
	const me = await required(api.read(RestAccount, {
		action,
		method: "GET",
		path: ["user"],
		expected: [200]
	}));
	if (me.login.toLowerCase() === owner.toLowerCase()) return;
	throw new StepError(`${action} failed: the token, which is ${me.login}'s, sees no organisation ${owner}`, { hint: `Create the organisation ${owner}, or give a token that may create repositories in it.` });
}
function asRepository(found) {
	return {
		owner: found.owner.login,
		repository: found.name,
		private: found.private,
		defaultBranch: found.default_branch,
		cloneUrl: found.clone_url,
		webUrl: found.html_url,
		description: found.description ?? ""
	};
}
// tools/forge/src/rest-discussion.ts
const RestComment = object({
	id: int(),
	body: string().nullish()
});
async function ensureComment(api, name, number, comment, pageSize) {
	const action = `Commenting on pull request ${number} of ${name.owner}/${name.repository}`;
	const body = markedText(comment);
	const path = repositoryPath(name, "issues", String(number), "comments");
	const comments = await api.list(array(RestComment), {
		action,
		path,
		...pageSize && { pageSize }
	});
	const present = findMarked(comments, comment.marker, (each) => each.body ?? "");
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
			value: { id: String(parsed(RestComment, answer, action).id) }
		};
	}
	const value = { id: String(present.id) };
	if (isSameText(present.body ?? "", body)) return {
		changed: false,
		value
	};
	await api.send({
		action,
		method: "PATCH",
		path: repositoryPath(name, "issues", "comments", value.id),
		body: { body },
		expected: [200]
	});
	return {
		changed: true,
		value
	};
}
export { deleteWebhook as a, getRepository as c, setDefaultBranch as d, deleteRepository as i, refuseForeignOwner as l, RestRepository as n, ensureWebhook as o, asRepository as r, findWebhook as s, ensureComment as t, repositoryPath as u };
