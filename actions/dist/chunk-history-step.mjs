import { V as defineStep, bt as number, ht as boolean, n as fields, pt as array, wt as string, xt as object, yt as looseObject } from "./chunk-base.mjs";
// tools/steps/src/history/step.ts
const step = defineStep({
	id: "history",
	summary: "Lists how an environment came to what it runs: deployments, promotions, rollbacks and edits by hand.",
	inputs: object({
		gitopsRepoUrl: fields.gitopsRepoUrl,
		deployEnv: fields.deployEnv.optional().describe("Environment; by default the first of luban-config."),
		appName: fields.appName.optional().describe("Name of the application, in a repository of several."),
		image: fields.image.optional().describe("Image repository, to see only what happened to it."),
		limit: number().int().min(1).max(500).default(20).describe("How many to list.")
	}),
	outputs: object({
		application: string().describe("Name of the application."),
		deployEnv: string().describe("The environment."),
		gitopsBranch: string().describe("The branch that it is read from."),
		events: array(looseObject({
			event: string(),
			commit: string(),
			at: string(),
			author: string()
		})).describe("What happened, newest first: image, tag, what it replaced, source commit, who asked, promoted from what."),
		more: boolean().describe("Whether there may be older ones.")
	}),
	needs: ["conventions", "git"],
	writes: false,
	examples: [{
		title: "The last promotions to production",
		inputs: {
			gitopsRepoUrl: "https://github.com/metasync/cart-service-gitops.git",
			deployEnv: "prd"
		}
	}]
});
export { step };
