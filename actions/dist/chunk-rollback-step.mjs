import { V as defineStep, bt as number, n as fields, wt as string, xt as object } from "./chunk-base.mjs";
// tools/steps/src/rollback/step.ts
const step = defineStep({
	id: "rollback",
	summary: "Puts an image that an environment ran before back in place, as a new commit.",
	inputs: object({
		projectName: fields.projectName,
		appName: fields.appName,
		gitopsRepoUrl: fields.gitopsRepoUrl,
		deployEnv: fields.deployEnv,
		gitopsBranch: fields.branch.optional(),
		to: string().max(200).default("previous").describe("What to go back to: previous, or a tag, digest or source commit that was recorded."),
		requestedAt: fields.orderKey.optional().describe("When the rollback was asked for; by default now."),
		deadlineSeconds: number().int().min(1).default(300).describe("How long to go on while others land too.")
	}),
	outputs: object({
		image: string().describe("Image repository."),
		imageTag: string().optional().describe("Tag that was restored."),
		digest: string().optional().describe("Digest that was restored."),
		commit: string().describe("Commit that restores it."),
		gitopsBranch: string().describe("The branch.")
	}),
	needs: ["conventions", "git"],
	writes: true,
	examples: [{
		title: "What production ran before",
		inputs: {
			projectName: "payment",
			appName: "cart-service",
			gitopsRepoUrl: "https://github.com/metasync/cart-service-gitops.git",
			deployEnv: "prd"
		}
	}]
});
export { step };
