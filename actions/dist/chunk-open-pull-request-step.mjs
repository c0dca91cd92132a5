import { V as defineStep, a as repositoryUrl, bt as number, dt as _enum, pt as array, t as branchName, wt as string, xt as object } from "./chunk-base.mjs";
// tools/steps/src/open-pull-request/step.ts
const step = defineStep({
	id: "open-pull-request",
	summary: "Opens a pull request, or brings the one that is open between the two branches up to date.",
	inputs: object({
		repoUrl: repositoryUrl("Address of the repository, without credentials."),
		sourceBranch: branchName("Branch with the change."),
		targetBranch: branchName("Branch it shall be merged into."),
		title: string().min(1).max(250).describe("Title."),
		body: string().max(6e4).default("").describe("Description, in Markdown."),
		pullRequestLabels: array(string().regex(/^[^,\p{Cc}]{1,50}$/u, "expected at most 50 characters and no comma")).default([]).describe("Labels it shall have; others that it has stay."),
		merge: _enum(["no", "when-ready"]).default("no").describe("Whether to merge it: at once where the forge allows it, else when its checks are there.")
	}),
	outputs: object({
		url: string().describe("Address of the pull request."),
		number: number().describe("Its number."),
		state: _enum([
			"open",
			"merged",
			"scheduled"
		]).describe("What became of it.")
	}),
	needs: ["forge"],
	writes: true,
	examples: [{
		title: "A change to production",
		inputs: {
			repoUrl: "https://github.com/metasync/cart-service-gitops.git",
			sourceBranch: "raise-replicas",
			targetBranch: "main",
			title: "Run three replicas in production"
		}
	}]
});
export { step };
