import { V as silentLog, X as int, Y as boolean, dt as retryAfterSeconds, et as object, ft as InputError, it as union, lt as exchange, mt as StepError, pt as RetryableError, q as array, rt as string, ut as isLoopback, z as withPatience } from "./chunk-base.mjs";
// tools/forge/src/forge-failure.ts
const ErrorBody = object({
	message: string().nullish(),
	errors: array(union([string(), object({
		message: string().nullish(),
		field: string().nullish(),
		code: string().nullish()
	})])).nullish()
});
function forgeFailure(action, answer, now) {
	const { status } = answer;
	const what = `${action} failed: the forge answered ${status}${wordsOf(answer)}`;
	const limited = rateLimit(answer, now);
	if (limited !== void 0) return new RetryableError(what, {
		...limited,
		hint: "The forge limits how often it is asked; try again later."
	});
	if (status === 401) return new StepError(what, { hint: "Give a token of this forge that is still valid." });
	if (status === 403) return new StepError(what, { hint: "The token may not do this; give it the rights it lacks." });
	if (status === 404) return new StepError(what, { hint: "See that it exists and that the token may see it: forges hide what is private." });
	if (status === 400 || status === 422) return new InputError(what);
	if (status === 408 || status >= 500) return new RetryableError(what, { retryAfterSeconds: retryAfterSeconds(answer.headers, now) });
	if (status >= 300 && status < 400) return new StepError(what, { hint: "It has moved; give its new name." });
	return new StepError(what);
}
function rateLimit(answer, now) {
	const { status, headers } = answer;
	const asked = retryAfterSeconds(headers, now);
	const isUsedUp = headers.get("x-ratelimit-remaining") === "0";
	if (status !== 429 && !(status === 403 && (asked !== void 0 || isUsedUp))) return void 0;
	if (asked !== void 0 || !isUsedUp) return { retryAfterSeconds: asked };
	const reset = Number(headers.get("x-ratelimit-reset") ?? NaN);
	return { retryAfterSeconds: Number.isFinite(reset) ? Math.max(0, Math.ceil(reset - now.getTime() / 1e3)) : void 0 };
}
function headMoved(action, branch, expectedHead) {
	return new StepError(`${action} failed: ${branch} is no longer at ${expectedHead}`, { hint: "Somebody has pushed to it; look at what changed and run the step again." });
}
function wordsOf(answer) {
	try {
		const body = ErrorBody.parse(JSON.parse(Buffer.from(answer.bytes).toString("utf8")));
		const details = (body.errors ?? []).map((each) => typeof each === "string" ? each : each.message ?? [each.field, each.code].filter(Boolean).join(" "));
		const words = [body.message, ...details].filter(Boolean).join("; ");
		return words === "" ? "" : ` (${words.replaceAll(/[\p{Cc}\p{Cf}]+/gu, " ").slice(0, 300)})`;
	} catch {
		return "";
	}
}
// tools/forge/src/api-client.ts
const limitBytes = 2e7;
const mostPages = 1e3;
function createApiClient(options, rules) {
	refusePlain(rules.root, options);
	const send = (request) => sendPatiently(request, options, rules);
	return {
		send,
		read: async (schema, request) => {
			const answer = await send(request);
			return answer.status === 404 ? void 0 : parsed(schema, answer, request.action);
		},
		list: (schema, request) => listPages(schema, request, send, rules)
	};
}
async function required(read) {
	const value = await read;
	if (value === void 0) throw new StepError("The forge answered that something it has just made does not exist");
	return value;
}
function parsed(schema, answer, action) {
	const text = Buffer.from(answer.bytes).toString("utf8");
	const result = schema.safeParse(jsonOf(text, action));
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	throw new StepError(`${action} failed: the forge's answer cannot be used (at ${issue?.path.join(".")}: ${issue?.message})`, {
		cause: result.error,
		hint: "See that the address is that of the forge and not of something in front of it."
	});
}
function jsonOf(text, action) {
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new StepError(`${action} failed: the forge's answer is not JSON`, {
			cause,
			hint: "See that the address is that of the forge and not of something in front of it, such as a login page."
		});
	}
}
async function sendPatiently(request, options, rules) {
	const isRepeatable = request.repeatable ?? request.method !== "POST";
	const log = options.log ?? silentLog;
	const outcome = await withPatience(() => sendOnce(request, options, rules, isRepeatable), {
		...options,
		onWait: (error, seconds) => log.info(`${error.message}; trying again in ${Math.ceil(seconds)} s`)
	});
	if ("doubt" in outcome) throw outcome.doubt;
	return outcome.answer;
}
async function sendOnce(request, options, rules, isRepeatable) {
	const init = {
		method: request.method,
		headers: {
			...rules.headers,
			...request.body === void 0 ? {} : { "content-type": "application/json" }
		},
		redirect: request.method === "GET" ? "follow" : "manual",
		...request.body === void 0 ? {} : { body: JSON.stringify(request.body) }
	};
	const limits = {
		...options,
		peer: rules.root.host,
		timeoutSeconds: options.timeoutSeconds ?? 30,
		limitBytes
	};
	try {
		const answer = await exchange(urlOf(request, rules), init, limits);
		if (request.expected.includes(answer.status)) return { answer };
		const failure = forgeFailure(request.action, answer, options.clock.now());
		if (isRepeatable || answer.status < 500) throw failure;
		return { doubt: failure };
	} catch (error) {
		if (isRepeatable || !isConnectionFailure(error)) throw error;
		return { doubt: error };
	}
}
function isConnectionFailure(error) {
	return error instanceof RetryableError && error.cause !== void 0;
}
function urlOf(request, rules) {
	const dotted = request.path.find((segment) => segment === "" || segment === "." || segment === "..");
	if (dotted !== void 0) throw new InputError(`${request.action} failed: ${JSON.stringify(dotted)} is not a name`);
	const url = new URL(rules.root);
	url.pathname = [url.pathname.replace(/\/$/, ""), ...request.path.map(encodeURIComponent)].join("/");
	url.search = new URLSearchParams(request.query).toString();
	return url.href;
}
async function listPages(schema, request, send, rules) {
	const items = [];
	for (let page = 1; page <= mostPages; page += 1) {
		const query = {
			...request.query,
			...rules.pageSize,
			page: String(page)
		};
		const answer = await send({
			...request,
			method: "GET",
			query,
			expected: [200]
		});
		items.push(...parsed(schema, answer, request.action));
		if (!/\brel="?next"?/i.test(answer.headers.get("link") ?? "")) return items;
	}
	throw new StepError(`${request.action} failed: the list has no end`);
}
function refusePlain(root, options) {
	if (root.protocol === "https:") return;
	if (root.protocol === "http:" && (isLoopback(root.host) || options.insecure === true)) return;
	throw new InputError(`The forge ${root.host} would be spoken to without TLS`, [], { hint: "Give an https address; only this machine is spoken to without TLS." });
}
// tools/forge/src/same.ts
function sameRules(a, b) {
	return a.requiredApprovals === b.requiredApprovals && sameSet(a.requiredStatusChecks, b.requiredStatusChecks);
}
function hookDiffers(present, wanted) {
	return !present.active || !sameSet(present.events ?? [], wanted.events);
}
function sameSet(a, b) {
	return new Set(a).size === new Set(b).size && a.every((each) => b.includes(each));
}
// tools/forge/src/rest-repository.ts
const RestRepository = object({
	name: string(),
	owner: object({ login: string() }),
	private: boolean(),
	default_branch: string(),
	clone_url: string(),
	html_url: string()
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
async function ensureWebhook(api, name, hook, kind) {
	const action = `Setting the webhook of ${name.owner}/${name.repository}`;
	const path = repositoryPath(name, "hooks");
	const present = (await api.list(array(RestHook), {
		action,
		path
	})).find((each) => each.config.url === hook.url);
	const body = {
		config: {
			url: hook.url,
			content_type: "json",
			secret: hook.secret
		},
		events: hook.events,
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
		changed: present === void 0 || hookDiffers(present, hook),
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
		webUrl: found.html_url
	};
}
export { refuseForeignOwner as a, sameRules as c, required as d, headMoved as f, getRepository as i, createApiClient as l, asRepository as n, repositoryPath as o, wordsOf as p, ensureWebhook as r, setDefaultBranch as s, RestRepository as t, parsed as u };
