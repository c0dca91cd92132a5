// tools/conventions/src/clusters.ts
const inThisCluster = "https://kubernetes.default.svc";
function clusterOf(env, { cluster_map: map }) {
	return map[env] ?? "https://kubernetes.default.svc";
}
export { inThisCluster as n, clusterOf as t };
