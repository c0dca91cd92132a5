import { Ot as url, V as defineStep, dt as _enum, ht as boolean, i as refName, n as fields, wt as string, xt as object } from "./chunk-base.mjs";
// tools/steps/src/report-status/step.ts
const step = defineStep({
	id: "report-status",
	summary: "Says on the forge, beside a commit, what became of it.",
	inputs: object({
		repoUrl: fields.repoUrl,
		revision: refName("Full id of the source commit, or a branch or tag to take it from."),
		state: _enum([
			"pending",
			"success",
			"failure",
			"error",
			"Pending",
			"Running",
			"Succeeded",
			"Failed",
			"Error"
		]).describe("What became of it, as a commit status or as the phase of a workflow."),
		context: string().min(1).max(100).default("luban-ci/pipeline").describe("What it is about; a later status of the same context replaces it."),
		description: string().max(1e3).default("").describe("One sentence."),
		targetUrl: url().optional().describe("Where to read more; by default the page of this run."),
		isStrict: boolean().default(true).describe("Whether it is a failure when the forge cannot be told; otherwise a warning.")
	}),
	outputs: object({ state: _enum([
		"pending",
		"success",
		"failure",
		"error"
	]).describe("The state that was reported.") }),
	needs: ["forge", "git"],
	writes: true,
	examples: [{
		title: "A pipeline that went well",
		inputs: {
			repoUrl: "https://github.com/metasync/cart-service.git",
			revision: "3f786850e387550fdab836ed7e6dc881de23001b",
			state: "Succeeded",
			description: "cart-service 1.0.0 runs in the sandbox"
		}
	}]
});
export { step };
