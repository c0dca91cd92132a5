import { Et as union, Ft as RetryableError, It as StepError, Mt as isLoopback, Nt as retryAfterSeconds, Pt as InputError, St as record, at as withPatience, jt as exchange, pt as array, st as silentLog, wt as string, xt as object } from "./chunk-base.mjs";
// tools/forge/src/forge-failure.ts
const ErrorBody = object({
	message: union([
		string(),
		array(string()),
		record(string(), array(string()))
	]).nullish(),
	error: string().nullish(),
	error_description: string().nullish(),
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
	if (status === 403) return new StepError(what, { hint: "Give the token the rights it lacks; where a rule protects the branch, open a change request instead." });
	if (status === 404) return new StepError(what, { hint: "See that it exists and that the token may see it: forges hide what is private." });
	if (status === 400 || status === 422) return new InputError(what);
	if (status === 408 || status >= 500) return new RetryableError(what, { retryAfterSeconds: retryAfterSeconds(answer.headers, now) });
	if (status >= 300 && status < 400) return new StepError(what, { hint: "It has moved; give its new name." });
	return new StepError(what);
}
function rateLimit(answer, now) {
	const { status, headers } = answer;
	const asked = retryAfterSeconds(headers, now);
	const said = (what) => headers.get(`x-ratelimit-${what}`) ?? headers.get(`ratelimit-${what}`);
	const isUsedUp = said("remaining") === "0";
	if (status !== 429 && !(status === 403 && (asked !== void 0 || isUsedUp))) return void 0;
	if (asked !== void 0 || !isUsedUp) return { retryAfterSeconds: asked };
	const reset = Number(said("reset") ?? NaN);
	return { retryAfterSeconds: Number.isFinite(reset) ? Math.max(0, Math.ceil(reset - now.getTime() / 1e3)) : void 0 };
}
function headMoved(action, branch, expectedHead) {
	return new StepError(`${action} failed: ${branch} is no longer at ${expectedHead}`, { hint: "Somebody has pushed to it; look at what changed and run the step again." });
}
function commitRefused(action, answer) {
	return new StepError(`${action} failed: the forge answered ${answer.status}${wordsOf(answer)}`, { hint: "See whether a rule protects the branch, and then open a change request instead; or whether a file is not as it was read." });
}
function wordsOf(answer) {
	try {
		const body = ErrorBody.parse(JSON.parse(Buffer.from(answer.bytes).toString("utf8")));
		const details = (body.errors ?? []).map((each) => typeof each === "string" ? each : each.message ?? [each.field, each.code].filter(Boolean).join(" "));
		const words = [
			...flat(body.message),
			body.error,
			body.error_description,
			...details
		].filter(Boolean).join("; ");
		return words === "" ? "" : ` (${words.replaceAll(/[\p{Cc}\p{Cf}]+/gu, " ").slice(0, 300)})`;
	} catch {
		return "";
	}
}
function flat(message) {
	if (message == null) return [];
	if (typeof message === "string") return [message];
	if (Array.isArray(message)) return message;
	return Object.entries(message).flatMap(([field, texts]) => texts.map((text) => `${field} ${text}`));
}
// tools/forge/src/parsed.ts
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
// tools/forge/src/list-pages.ts
const mostPages = 1e3;
async function listPages(schema, { pageSize, ...request }, send, rules) {
	const items = [];
	const nextPage = rules.nextPage ?? byNumber;
	let query = {
		...request.query,
		...pageSize ?? rules.pageSize
	};
	for (let page = 0; page < mostPages; page += 1) {
		const answer = await send({
			...request,
			method: "GET",
			query,
			expected: [200]
		});
		items.push(...itemsOf(schema, answer, request.action, rules));
		query = nextPage(answer, query);
		if (query === void 0) return items;
	}
	throw new StepError(`${request.action} failed: the list has no end`);
}
const byNumber = (answer, query) => nextLink(answer.headers) === void 0 ? void 0 : {
	...query,
	page: String(Number(query["page"] ?? "1") + 1)
};
const byLinkOrHeader = (answer, query) => {
	const link = nextLink(answer.headers);
	if (link !== void 0) return {
		...query,
		...Object.fromEntries(link.searchParams)
	};
	const page = answer.headers.get("x-next-page");
	return page ? {
		...query,
		page
	} : void 0;
};
const byContinuationToken = (answer, query) => {
	const continuationToken = answer.headers.get("x-ms-continuationtoken");
	return continuationToken ? {
		...query,
		continuationToken
	} : void 0;
};
function nextLink(headers) {
	const next = (headers.get("link") ?? "").split(/,(?=\s*<)/).find((each) => /;\s*rel="?next"?/i.test(each));
	const address = next === void 0 ? void 0 : /<([^>]*)>/.exec(next)?.[1] ?? "";
	return address === void 0 ? void 0 : URL.parse(address, "https://relative.invalid") ?? void 0;
}
function itemsOf(schema, answer, action, rules) {
	if (rules.listKey === void 0) return parsed(schema, answer, action);
	return parsed(object({ [rules.listKey]: schema }), answer, action)[rules.listKey] ?? [];
}
// tools/forge/src/token-source.ts
async function tokenNow(given) {
	if (typeof given === "function") return given();
	return typeof given === "object" ? given.current() : given;
}
async function tokenAfterRefusal(given, refused) {
	return typeof given === "object" && refused !== void 0 ? given.renewed(refused) : void 0;
}
// tools/forge/src/api-client.ts
const limitBytes = 2e7;
function createApiClient(options, rules) {
	refusePlain(rules.root, options);
	const plainSend = (request) => sendPatiently(request, options, rules);
	const send = rules.around?.(plainSend) ?? plainSend;
	return {
		send,
		read: async (schema, request) => {
			const answer = await send(request);
			return answer.status === 404 ? void 0 : parsed(schema, answer, request.action);
		},
		list: (schema, request) => listPages(schema, request, send, rules)
	};
}
async function sendPatiently(request, options, rules) {
	const isRepeatable = request.repeatable ?? request.method !== "POST";
	const log = options.log ?? silentLog;
	const outcome = await withPatience(() => sendOnce(request, options, rules, isRepeatable), {
		...options,
		onWait: (error, seconds) => log.info(`${error.message}; trying again in ${Math.ceil(seconds)} s`)
	}).catch((error) => {
		throw error instanceof PassingFailure ? error.cause : error;
	});
	if ("doubt" in outcome) throw outcome.doubt;
	return outcome.answer;
}
var PassingFailure = class extends RetryableError {};
async function sendOnce(request, options, rules, isRepeatable) {
	try {
		const answer = await authorized(request, options, rules);
		if (request.expected.includes(answer.status)) return { answer };
		const failure = forgeFailure(request.action, answer, options.clock.now());
		if (request.passing?.includes(answer.status)) throw new PassingFailure(failure.message, { cause: failure });
		if (isRepeatable || answer.status < 500) throw failure;
		return { doubt: failure };
	} catch (error) {
		if (isRepeatable || error instanceof PassingFailure || !isConnectionFailure(error)) throw error;
		return { doubt: error };
	}
}
async function authorized(request, options, rules) {
	const limits = {
		...options,
		peer: rules.root.host,
		timeoutSeconds: options.timeoutSeconds ?? 30,
		limitBytes
	};
	const url = urlOf(request, rules);
	const token = await tokenNow(options.token);
	const answer = await exchange(url, initOf(request, rules, token), limits);
	if (answer.status !== 401) return answer;
	const renewed = await tokenAfterRefusal(options.token, token);
	return renewed === void 0 ? answer : exchange(url, initOf(request, rules, renewed), limits);
}
function initOf(request, rules, token) {
	return {
		method: request.method,
		headers: {
			...rules.headers,
			...token === void 0 ? {} : { authorization: rules.authorization(token) },
			...request.body === void 0 ? {} : { "content-type": "application/json" }
		},
		redirect: request.method === "GET" ? rules.redirects ?? "follow" : "manual",
		...request.body === void 0 ? {} : { body: JSON.stringify(request.body) }
	};
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
function refusePlain(root, options) {
	if (root.protocol === "https:") return;
	if (root.protocol === "http:" && (isLoopback(root.host) || options.insecure === true)) return;
	throw new InputError(`The forge ${root.host} would be spoken to without TLS`, [], { hint: "Give an https address; only this machine is spoken to without TLS." });
}
export { required as a, headMoved as c, parsed as i, wordsOf as l, byContinuationToken as n, commitRefused as o, byLinkOrHeader as r, forgeFailure as s, createApiClient as t };
