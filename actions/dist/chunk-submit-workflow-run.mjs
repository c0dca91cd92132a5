import { Ft as RetryableError, It as StepError, w as createHash, wt as string, yt as looseObject } from "./chunk-base.mjs";
// tools/steps/src/submit-workflow/workflow-object.ts
const requestLabel = "luban-ci.io/request-id";
function requestLabelValue(requestId) {
	return createHash("sha256").update(requestId).digest("hex").slice(0, 40);
}
const longestPrefix = 57;
function workflowObject(inputs) {
	const { template, namespace, isClusterScoped, serviceAccount, requestId } = inputs;
	const parameters = Object.entries(inputs.parameters).filter(([, value]) => value !== "");
	return {
		apiVersion: "argoproj.io/v1alpha1",
		kind: "Workflow",
		metadata: {
			generateName: `${(inputs.namePrefix ?? template).slice(0, longestPrefix)}-`,
			namespace,
			labels: {
				...inputs.labels,
				...requestId === void 0 ? {} : { [requestLabel]: requestLabelValue(requestId) }
			}
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
			...serviceAccount === void 0 ? {} : { serviceAccountName: serviceAccount }
		}
	};
}
// tools/steps/src/submit-workflow/run.ts
const apiVersion = "argoproj.io/v1alpha1";
const Status = looseObject({ status: looseObject({
	phase: string().optional(),
	message: string().optional()
}).optional() });
async function run(inputs, ctx) {
	const { namespace, template } = inputs;
	const what = `${template} in ${namespace}`;
	if (ctx.dryRun) return {
		changed: false,
		outputs: { namespace },
		summary: `would submit ${what}`
	};
	const kube = await ctx.kubernetes.client();
	await requireNamespace(kube, namespace);
	const earlier = inputs.requestId === void 0 ? void 0 : await findEarlier(kube, namespace, inputs.requestId);
	const submitted = earlier ?? await kube.create(workflowObject(inputs));
	if (submitted === void 0) throw new RetryableError(`A workflow of the name that ${namespace} gave it was there already`);
	const workflow = submitted.metadata.name ?? "";
	const how = earlier === void 0 ? `submitted ${what} as ${workflow}` : `${workflow} was submitted for this request before`;
	if (!inputs.wait) return {
		changed: earlier === void 0,
		outputs: {
			workflow,
			namespace,
			phase: phaseOf(submitted)
		},
		summary: how
	};
	ctx.log.info(how);
	const phase = await untilDone(kube, {
		namespace,
		name: workflow
	}, inputs, ctx);
	return {
		changed: earlier === void 0,
		outputs: {
			workflow,
			namespace,
			phase
		},
		summary: `${workflow} has ${phase}`
	};
}
async function requireNamespace(kube, namespace) {
	if (await kube.read({
		apiVersion: "v1",
		kind: "Namespace",
		name: namespace
	}) !== void 0) return;
	throw new StepError(`There is no namespace ${namespace}`, { hint: "Set the project up first: it makes the namespace." });
}
async function findEarlier(kube, namespace, requestId) {
	const labelSelector = `${requestLabel}=${requestLabelValue(requestId)}`;
	return (await kube.list({
		apiVersion,
		kind: "Workflow",
		namespace,
		labelSelector
	})).find((workflow) => !hasFailed(workflow) && workflow.metadata["deletionTimestamp"] === void 0);
}
async function untilDone(kube, { namespace, name }, { deadlineSeconds, requestId }, { clock, signal }) {
	const deadline = clock.now().getTime() + deadlineSeconds * 1e3;
	while (clock.now().getTime() < deadline) {
		const workflow = await kube.read({
			apiVersion,
			kind: "Workflow",
			namespace,
			name
		});
		if (workflow === void 0) throw new StepError(`The workflow ${namespace}/${name} was deleted before it ended`);
		const phase = phaseOf(workflow);
		if (phase === "Succeeded") return phase;
		if (hasFailed(workflow)) throw new StepError(`The workflow ${namespace}/${name} has ${phase}: ${Status.parse(workflow).status?.message ?? "no message"}`);
		await clock.sleep(2e3, signal);
	}
	const late = `The workflow ${namespace}/${name} did not end within ${deadlineSeconds} s`;
	if (requestId !== void 0) throw new RetryableError(late);
	throw new StepError(late, { hint: "It goes on. Give a requestId, and another run waits for the same workflow." });
}
function hasFailed(workflow) {
	return ["Failed", "Error"].includes(phaseOf(workflow) ?? "");
}
function phaseOf(workflow) {
	return Status.parse(workflow).status?.phase;
}
export { run };
