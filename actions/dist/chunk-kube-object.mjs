import { St as record, bt as number, pt as array, wt as string, yt as looseObject } from "./chunk-base.mjs";
// tools/kube/src/kube-object.ts
const Texts = record(string(), string());
const KubeObject = looseObject({
	apiVersion: string(),
	kind: string(),
	metadata: looseObject({
		name: string().optional(),
		generateName: string().optional(),
		namespace: string().optional(),
		uid: string().optional(),
		resourceVersion: string().optional(),
		deletionTimestamp: string().optional(),
		finalizers: array(string()).optional(),
		generation: number().optional(),
		creationTimestamp: string().optional(),
		labels: Texts.optional(),
		annotations: Texts.optional()
	})
});
function nameOf(object) {
	return `${object.kind} ${object.namespace === void 0 ? "" : `${object.namespace}/`}${object.name}`;
}
export { nameOf as n, KubeObject as t };
