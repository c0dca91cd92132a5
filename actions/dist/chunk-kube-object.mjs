import { at as date, bt as string, gt as number, ht as looseObject, vt as record } from "./chunk-base.mjs";
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
		generation: number().optional(),
		creationTimestamp: date().optional(),
		labels: Texts.optional(),
		annotations: Texts.optional()
	})
});
function nameOf(object) {
	return `${object.kind} ${object.namespace === void 0 ? "" : `${object.namespace}/`}${object.name}`;
}
export { nameOf as n, KubeObject as t };
