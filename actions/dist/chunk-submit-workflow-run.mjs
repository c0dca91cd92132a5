import { Ft as RetryableError, It as StepError } from "./chunk-base.mjs";
import { a as messageOfWorkflow, c as workflowApi, i as hasFailed, l as workflowObject, n as findMadeUp, o as phaseOf, r as findRequested, s as requireNamespace } from "./chunk-submitted-workflows.mjs";
// tools/steps/src/submit-workflow/run.ts
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
	const earlier = await findRequested(kube, namespace, inputs.requestId) ?? await findMadeUp(kube, namespace, inputs);
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
async function untilDone(kube, { namespace, name }, { deadlineSeconds, requestId }, { clock, signal }) {
	const deadline = clock.now().getTime() + deadlineSeconds * 1e3;
	while (clock.now().getTime() < deadline) {
		const workflow = await kube.read({
			apiVersion: workflowApi,
			kind: "Workflow",
			namespace,
			name
		});
		if (workflow === void 0) throw new StepError(`The workflow ${namespace}/${name} was deleted before it ended`);
		const phase = phaseOf(workflow);
		if (phase === "Succeeded") return phase;
		if (hasFailed(workflow)) throw new StepError(`The workflow ${namespace}/${name} has ${phase}: ${messageOfWorkflow(workflow)}`);
		await clock.sleep(2e3, signal);
	}
	const late = `The workflow ${namespace}/${name} did not end within ${deadlineSeconds} s`;
	if (requestId !== void 0) throw new RetryableError(late);
	throw new StepError(late, { hint: "It goes on. Give a requestId, and another run waits for the same workflow." });
}
export { run };
