import { Lt as messageOf } from "./chunk-base.mjs";
import { t as commitOf } from "./chunk-commit-of.mjs";
// tools/steps/src/report-status/run.ts
async function run(inputs, ctx) {
	const state = stateOf(inputs.state);
	const what = `${inputs.context} is ${state} on ${inputs.revision}`;
	if (ctx.dryRun) return {
		changed: false,
		outputs: { state },
		summary: `would report that ${what}`
	};
	try {
		return {
			changed: await report(state, inputs, ctx),
			outputs: { state },
			summary: what
		};
	} catch (error) {
		if (inputs.isStrict || ctx.signal.aborted) throw error;
		ctx.log.warn(`the forge was not told that ${what}: ${messageOf(error)}`);
		return {
			changed: false,
			outputs: { state },
			summary: `the forge was not told that ${what}`
		};
	}
}
async function report(state, inputs, ctx) {
	const { repoUrl, context, description } = inputs;
	const commit = await commitOf(ctx.git.of(repoUrl), repoUrl, inputs.revision);
	const { forge, name } = await ctx.forge.of(repoUrl);
	const url = inputs.targetUrl ?? ctx.run.url;
	const status = {
		context,
		state,
		description,
		...url === void 0 ? {} : { url }
	};
	return (await forge.setCommitStatus(name, commit, status)).changed;
}
function stateOf(given) {
	if (given === "Succeeded") return "success";
	if (given === "Failed") return "failure";
	if (given === "Error") return "error";
	if (given === "Running" || given === "Pending") return "pending";
	return given;
}
export { run };
