import { a as ApiException, i as KubeConfig, n as PatchStrategy, r as Log, t as KubernetesObjectApi } from "./chunk-kubernetes.mjs";
import { Dt as unknown, Ft as RetryableError, It as StepError, Lt as messageOf, Mt as isLoopback, Pt as InputError, St as record, bt as number, pt as array, wt as string, xt as object } from "./chunk-base.mjs";
import { n as nameOf, t as KubeObject } from "./chunk-kube-object.mjs";
import { Writable } from "node:stream";
// tools/kube/src/follow-log.ts
async function followLog(config, pod, onLine) {
	const lines = lineStream(onLine);
	const ended = new Promise((resolve) => lines.once("close", resolve));
	await new Log(config).log(pod.namespace, pod.name, pod.container, lines, { follow: true });
	await ended;
}
function lineStream(onLine) {
	const kept = { rest: "" };
	return new Writable({
		write(chunk, _encoding, done) {
			const parts = `${kept.rest}${chunk.toString()}`.split("\n");
			kept.rest = parts.pop() ?? "";
			parts.forEach(onLine);
			done();
		},
		final(done) {
			if (kept.rest !== "") onLine(kept.rest);
			done();
		}
	});
}
// tools/kube/src/kube-failure.ts
const Status = object({
	message: string().optional(),
	reason: string().optional()
});
function statusOf(error) {
	const parsed = object({ code: number() }).safeParse(error);
	return parsed.success ? parsed.data.code : void 0;
}
function unknownKind(action, apiVersion, kind) {
	return new StepError(`${action} failed: the cluster does not know the kind ${kind} of ${apiVersion}`, { hint: "Install what brings this kind (Argo CD, Argo Workflows, kpack), or name another cluster." });
}
function kubeFailure(error, action) {
	if (error instanceof StepError) return error;
	const status = statusOf(error);
	const said = saidBy(error);
	if (status === void 0) return new RetryableError(`${action} failed: the cluster cannot be reached (${messageOf(error)})`, { cause: error });
	if (status === 429 || status >= 500) return new RetryableError(`${action} failed: the cluster answered ${status}${said}`, { cause: error });
	if (status === 422 || status === 400) return new InputError(`${action} was refused as invalid${said}`, [], { cause: error });
	const hint = status === 401 || status === 403 ? "Give the service account the permission that the sentence names, or use another one." : void 0;
	return new StepError(`${action} was refused with ${status}${said}`, {
		cause: error,
		hint
	});
}
function saidBy(error) {
	const body = object({ body: unknown() }).safeParse(error).data?.body;
	const status = Status.safeParse(typeof body === "string" ? parsedJson(body) : body);
	return status.success && status.data.message ? `: ${status.data.message}` : "";
}
function parsedJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
// tools/kube/src/plain-object-api.ts
var PlainObjectApi = class extends KubernetesObjectApi {
	async call(given) {
		const { method, action, object, query = {}, body, contentType = "application/json" } = given;
		const { name, namespace } = object.metadata;
		const metadata = {
			...name === void 0 ? {} : { name },
			...namespace === void 0 ? {} : { namespace }
		};
		const path = await this.specUriPath({
			apiVersion: object.apiVersion,
			kind: object.kind,
			metadata
		}, action);
		const request = this.configuration.baseServer.makeRequestContext(path, method);
		request.setHeaderParam("Accept", "application/json");
		for (const [key, value] of Object.entries(query)) request.setQueryParam(key, value);
		if (body !== void 0) {
			request.setHeaderParam("Content-Type", contentType);
			request.setBody(JSON.stringify(body));
		}
		return this.answerTo(request);
	}
	async has(apiVersion, kind) {
		try {
			return await this.resource(apiVersion, kind) !== void 0;
		} catch (error) {
			if (error instanceof ApiException && error.code === 404) return false;
			throw error;
		}
	}
	async answerTo(request) {
		await this.configuration.authMethods.default?.applySecurityAuthentication(request);
		const answer = await this.configuration.httpApi.send(request).toPromise();
		const text = await answer.body.text();
		if (answer.httpStatusCode >= 200 && answer.httpStatusCode <= 299) return JSON.parse(text);
		throw new ApiException(answer.httpStatusCode, "refused", text, answer.headers);
	}
};
// tools/kube/src/create-kube.ts
const fieldManager = "luban-ci";
const strictly = {
	fieldManager,
	fieldValidation: "Strict"
};
const List = object({ items: array(record(string(), unknown())).default([]) });
function createKube(address) {
	const config = loadConfig(address);
	const api = config.makeApiClient(PlainObjectApi);
	const ask = (action, call, expected = []) => attempt(action, api, call, expected);
	return {
		read: async ({ apiVersion, kind, name, namespace }) => {
			const object = {
				apiVersion,
				kind,
				metadata: {
					name,
					namespace
				}
			};
			const call = {
				method: "GET",
				action: "read",
				object
			};
			return optional(await ask(`Reading ${titleOf(object)}`, call, [404]));
		},
		list: async ({ apiVersion, kind, namespace, labelSelector }) => {
			const object = {
				apiVersion,
				kind,
				metadata: { namespace }
			};
			const query = labelSelector === void 0 ? {} : { labelSelector };
			const found = await ask(`Listing ${kind} in ${namespace}`, {
				method: "GET",
				action: "list",
				object,
				query
			});
			return List.parse(found).items.map((item) => KubeObject.parse({
				apiVersion,
				kind,
				...item
			}));
		},
		create: async (object) => {
			const call = {
				method: "POST",
				action: "create",
				object,
				body: object,
				query: strictly
			};
			return optional(await ask(`Creating ${titleOf(object)}`, call, [409]));
		},
		apply: async (object) => {
			const call = {
				method: "PATCH",
				action: "patch",
				object,
				body: object,
				query: {
					fieldManager,
					force: "true"
				},
				contentType: PatchStrategy.ServerSideApply
			};
			return KubeObject.parse(await ask(`Applying ${titleOf(object)}`, call));
		},
		replace: async (object) => {
			const call = {
				method: "PUT",
				action: "replace",
				object,
				body: object,
				query: strictly
			};
			return optional(await ask(`Changing ${titleOf(object)}`, call, [404, 409]));
		},
		delete: async (object) => {
			const { uid, resourceVersion } = object.metadata;
			const call = {
				method: "DELETE",
				action: "delete",
				object,
				body: {
					preconditions: {
						uid,
						resourceVersion
					},
					propagationPolicy: "Background"
				}
			};
			return await ask(`Removing ${titleOf(object)}`, call, [404, 409]) !== void 0;
		},
		has: ({ apiVersion, kind }) => translated(`Asking for ${kind}`, () => api.has(apiVersion, kind)),
		followLog: (pod, onLine) => translated(`Reading the log of ${pod.namespace}/${pod.name}`, () => followLog(config, pod, onLine))
	};
}
function loadConfig(address) {
	const config = new KubeConfig();
	try {
		if ("inCluster" in address) config.loadFromCluster();
		if ("kubeconfig" in address) config.loadFromFile(address.kubeconfig);
	} catch (cause) {
		throw new InputError(`The cluster's address cannot be read: ${messageOf(cause)}`, [], { cause });
	}
	config.clusters = config.clusters.map((cluster) => ({
		...cluster,
		skipTLSVerify: isPlainLoopback(cluster.server)
	}));
	return config;
}
function isPlainLoopback(server) {
	const url = URL.parse(server);
	return url?.protocol === "http:" && isLoopback(url.host);
}
async function attempt(action, api, call, expected) {
	const { apiVersion, kind } = call.object;
	return translated(action, async () => {
		if (!await api.has(apiVersion, kind)) throw unknownKind(action, apiVersion, kind);
		try {
			return await api.call(call);
		} catch (error) {
			if (expected.includes(statusOf(error) ?? 0)) return void 0;
			throw error;
		}
	});
}
async function translated(action, call) {
	try {
		return await call();
	} catch (error) {
		throw kubeFailure(error, action);
	}
}
function optional(found) {
	return found === void 0 ? void 0 : KubeObject.parse(found);
}
function titleOf({ kind, metadata }) {
	const { name = `${metadata.generateName ?? ""}…`, namespace } = metadata;
	return nameOf({
		kind,
		name,
		...namespace === void 0 ? {} : { namespace }
	});
}
// tools/steps/src/capabilities/open-cluster.ts
async function openCluster(kubeconfig) {
	const named = kubeconfig ?? process.env["LUBAN_LOCAL_CLUSTER"];
	return createKube(named === void 0 ? { inCluster: true } : { kubeconfig: named });
}
export { openCluster };
