import { Ft as RetryableError, It as StepError, Nt as retryAfterSeconds, at as withPatience, jt as exchange, pt as array, wt as string, xt as object } from "./chunk-base.mjs";
// tools/argocd/src/argocd.ts
const Application = object({ status: object({
	sync: object({
		status: string(),
		revision: string().optional()
	}).optional(),
	health: object({ status: string() }).optional(),
	summary: object({ images: array(string()).default([]) }).optional()
}).optional() });
const limitBytes = 16777216;
function createArgocd(options) {
	const { clock, signal } = options;
	return { application: (name) => withPatience(() => readApplication(name, options), {
		clock,
		signal
	}) };
}
async function readApplication(name, { server, token, fetch, clock, signal }) {
	const peer = `Argo CD at ${new URL(server).host}`;
	const url = new URL(`api/v1/applications/${encodeURIComponent(name)}`, `${server.replace(/\/+$/, "")}/`);
	const headers = {
		authorization: `Bearer ${token}`,
		accept: "application/json"
	};
	const answer = await exchange(url.href, { headers }, {
		peer,
		timeoutSeconds: 20,
		limitBytes,
		fetch,
		signal
	});
	if (answer.status === 404 || answer.status === 403) return void 0;
	if (answer.status === 401) throw new StepError(`${peer} does not accept the token`, { hint: "Give LUBAN_ARGOCD_TOKEN a valid one." });
	if (answer.status === 429 || answer.status >= 500) {
		const seconds = retryAfterSeconds(answer.headers, clock.now());
		throw new RetryableError(`${peer} answered ${answer.status}`, { retryAfterSeconds: seconds });
	}
	if (answer.status !== 200) throw new StepError(`${peer} answered ${answer.status} for the application ${name}`);
	return stateFrom(answer.bytes, peer);
}
function stateFrom(bytes, peer) {
	const { status } = parsed(bytes, peer);
	return {
		sync: status?.sync?.status ?? "Unknown",
		health: status?.health?.status ?? "Unknown",
		revision: status?.sync?.revision,
		images: status?.summary?.images ?? []
	};
}
function parsed(bytes, peer) {
	try {
		return Application.parse(JSON.parse(new TextDecoder().decode(bytes)));
	} catch (cause) {
		throw new StepError(`${peer} answered with something that is no application`, { cause });
	}
}
export { createArgocd };
