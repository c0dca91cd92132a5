import { It as StepError, h as compareOrder, w as createHash, wt as string, yt as looseObject } from "./chunk-base.mjs";
// tools/steps/src/pushes/workflow-object.ts
const requestLabel = "luban-ci.io/request-id";
const subjectLabel = "luban-ci.io/subject";
const madeUpAnnotation = "luban-ci.io/made-up-at";
function labelValueOf(id) {
	return createHash("sha256").update(id).digest("hex").slice(0, 40);
}
const longestPrefix = 57;
const keptForADay = {
	secondsAfterCompletion: 86400,
	secondsAfterSuccess: 86400,
	secondsAfterFailure: 86400
};
function workflowObject(submission) {
	const { template, namespace, isClusterScoped = false, serviceAccount, requestId, subject, madeUpAt } = submission;
	const parameters = Object.entries(submission.parameters).filter(([, value]) => value !== "");
	const found = Object.entries({
		[requestLabel]: requestId,
		[subjectLabel]: subject
	}).flatMap(([label, id]) => id === void 0 ? [] : [[label, labelValueOf(id)]]);
	return {
		apiVersion: "argoproj.io/v1alpha1",
		kind: "Workflow",
		metadata: {
			generateName: `${(submission.namePrefix ?? template).slice(0, longestPrefix)}-`,
			namespace,
			labels: {
				...submission.labels,
				...Object.fromEntries(found)
			},
			...madeUpAt === void 0 ? {} : { annotations: { [madeUpAnnotation]: madeUpAt } }
		},
		spec: {
			workflowTemplateRef: {
				name: template,
				...isClusterScoped ? { clusterScope: true } : {}
			},
			arguments: { parameters: parameters.map(([name, value]) => ({
				name,
				value
			})) },
			...serviceAccount === void 0 ? {} : { serviceAccountName: serviceAccount },
			...madeUpAt === void 0 ? {} : { ttlStrategy: keptForADay }
		}
	};
}
// tools/steps/src/pushes/submitted-workflows.ts
const workflowApi = "argoproj.io/v1alpha1";
async function findRequested(kube, namespace, requestId) {
	if (requestId === void 0) return void 0;
	return (await labelled(kube, namespace, requestLabel, requestId)).find((workflow) => !hasFailed(workflow) && workflow.metadata.deletionTimestamp === void 0);
}
function findAbout(kube, namespace, subject) {
	return labelled(kube, namespace, subjectLabel, subject);
}
async function findMadeUp(kube, namespace, { subject, askedAt }) {
	if (subject === void 0) return void 0;
	return (await findAbout(kube, namespace, subject)).find((workflow) => {
		const madeUpAt = workflow.metadata.annotations?.[madeUpAnnotation];
		if (madeUpAt === void 0 || hasFailed(workflow)) return false;
		return askedAt === void 0 || compareOrder(askedAt, madeUpAt) <= 0;
	});
}
async function requireNamespace(kube, namespace) {
	if (await kube.read({
		apiVersion: "v1",
		kind: "Namespace",
		name: namespace
	}) !== void 0) return;
	throw new StepError(`There is no namespace ${namespace}`, { hint: "Set the project up first: it makes the namespace." });
}
function hasFailed(workflow) {
	return ["Failed", "Error"].includes(phaseOf(workflow) ?? "");
}
function phaseOf(workflow) {
	return statusOf(workflow)?.phase;
}
function messageOfWorkflow(workflow) {
	return statusOf(workflow)?.message ?? "no message";
}
const statusShape = () => looseObject({ status: looseObject({
	phase: string().optional(),
	message: string().optional()
}).optional() });
function statusOf(workflow) {
	return statusShape().parse(workflow).status;
}
function labelled(kube, namespace, label, id) {
	const labelSelector = `${label}=${labelValueOf(id)}`;
	return kube.list({
		apiVersion: workflowApi,
		kind: "Workflow",
		namespace,
		labelSelector
	});
}
export { messageOfWorkflow as a, workflowApi as c, hasFailed as i, workflowObject as l, findMadeUp as n, phaseOf as o, findRequested as r, requireNamespace as s, findAbout as t };
