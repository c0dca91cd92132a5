import { t as clusterOf } from "./chunk-clusters.mjs";
import { Pt as InputError } from "./chunk-base.mjs";
// tools/steps/src/set-up/cluster-of-environment.ts
function requireCluster(env, { config }, kubeconfig) {
	const server = clusterOf(env, config);
	if (server === "https://kubernetes.default.svc" || kubeconfig !== void 0) return;
	throw new InputError(`${env} runs in the cluster ${server}, which is not this one`, [{
		field: "kubeconfig",
		expected: `required: a kubeconfig of ${server}, as cluster_map of luban-config names it`
	}]);
}
export { requireCluster as t };
