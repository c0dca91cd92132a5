import { i as KubeConfig, n as PatchStrategy, r as Log, t as KubernetesObjectApi } from "./chunk-kubernetes.mjs";
import { At as InputError, Ct as unknown, Mt as StepError, Nt as messageOf, Ot as isLoopback, _t as object, bt as string, gt as number, jt as RetryableError } from "./chunk-base.mjs";
import { n as nameOf, t as KubeObject } from "./chunk-kube-object.mjs";
import { Writable } from "node:stream";
// tools/kube/src/kube-failure.ts
const Status = object({
	message: string().optional(),
	reason: string().optional()
});
function statusOf(error) {
	const parsed = object({ code: number() }).safeParse(error);
	return parsed.success ? parsed.data.code : void 0;
}
function kubeFailure(error, action) {
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
// tools/kube/src/create-kube.ts
const fieldManager = "luban-ci";
function createKube(address) {
	const config = loadConfig(address);
	const api = KubernetesObjectApi.makeApiClient(config);
	return {
		read: async ({ apiVersion, kind, name, namespace }) => {
			const metadata = {
				name,
				...namespace === void 0 ? {} : { namespace }
			};
			const call = () => api.read({
				apiVersion,
				kind,
				metadata
			});
			const found = await attempt(`Reading ${nameOf({
				kind,
				...metadata
			})}`, call, [404]);
			return found === void 0 ? void 0 : KubeObject.parse(found);
		},
		list: async ({ apiVersion, kind, namespace, labelSelector }) => {
			const call = () => api.list(apiVersion, kind, namespace, void 0, void 0, void 0, void 0, labelSelector);
			return ((await attempt(`Listing ${kind} in ${namespace}`, call))?.items ?? []).map((item) => KubeObject.parse({
				apiVersion,
				kind,
				...item
			}));
		},
		create: async (object) => {
			const created = await attempt(`Creating ${titleOf(object)}`, () => api.create(object), [409]);
			return created === void 0 ? void 0 : KubeObject.parse(created);
		},
		apply: async (object) => {
			const call = () => api.patch(object, void 0, void 0, fieldManager, true, PatchStrategy.ServerSideApply);
			return KubeObject.parse(await attempt(`Applying ${titleOf(object)}`, call));
		},
		followLog: (pod, onLine) => followLog(config, pod, onLine)
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
async function attempt(action, call, expected = []) {
	try {
		return await call();
	} catch (error) {
		if (expected.includes(statusOf(error) ?? 0)) return void 0;
		throw kubeFailure(error, action);
	}
}
function titleOf({ kind, metadata }) {
	const { name = `${metadata.generateName ?? ""}…`, namespace } = metadata;
	return nameOf({
		kind,
		name,
		...namespace === void 0 ? {} : { namespace }
	});
}
async function followLog(config, pod, onLine) {
	const lines = lineStream(onLine);
	const ended = new Promise((resolve) => lines.once("close", resolve));
	await attempt(`Reading the log of ${pod.namespace}/${pod.name}`, () => new Log(config).log(pod.namespace, pod.name, pod.container, lines, { follow: true }));
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
// tools/steps/src/capabilities/open-cluster.ts
async function openCluster(kubeconfig) {
	return createKube(kubeconfig === void 0 ? { inCluster: true } : { kubeconfig });
}
export { openCluster };
