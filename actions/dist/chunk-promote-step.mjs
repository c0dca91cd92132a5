import { V as defineStep, bt as number, dt as _enum, ht as boolean, n as fields, wt as string, xt as object } from "./chunk-base.mjs";
// tools/steps/src/promote/step.ts
const step = defineStep({
	id: "promote",
	summary: "Brings the image that one environment runs to the next one, and nothing else.",
	inputs: object({
		projectName: fields.projectName,
		appName: fields.appName,
		gitOrganization: string().regex(/^[\w./-]*$/, "expected an organization").default("").describe("Owner of the GitOps repository, where luban-repositories does not know the application; by default the project."),
		gitopsRepoUrl: fields.gitopsRepoUrl.optional().describe("Address of the GitOps repository; by default as luban-repositories says."),
		fromEnv: fields.deployEnv.optional().describe("Environment to promote from; by default the first of luban-config."),
		toEnv: fields.deployEnv.optional().describe("Environment to promote to; by default the one after it."),
		mode: _enum([
			"pull-request",
			"auto-merge",
			"direct"
		]).default("pull-request").describe("How the change reaches the target branch."),
		scope: _enum(["image", "all"]).default("image").describe("The image alone, or everything between the two branches."),
		requestedAt: fields.orderKey.optional().describe("When the promotion was asked for; by default now."),
		deadlineSeconds: number().int().min(1).default(300).describe("How long to go on while others land too.")
	}),
	outputs: object({
		image: string().optional().describe("Image repository."),
		imageTag: string().optional().describe("Tag that is promoted."),
		digest: string().optional().describe("Digest that is promoted."),
		commit: string().optional().describe("Commit with the change, on the promotion branch or the target branch."),
		gitopsRepoUrl: string().describe("The GitOps repository."),
		url: string().optional().describe("Address of the pull request."),
		number: number().optional().describe("Number of the pull request."),
		state: _enum([
			"open",
			"scheduled",
			"merged",
			"landed",
			"nothing-to-do",
			"superseded",
			"dry-run"
		]).describe("What became of it."),
		healthChecked: boolean().describe("Whether Argo CD was asked what the source environment really runs.")
	}),
	needs: [
		"argocd",
		"conventions",
		"forge",
		"git",
		"registry"
	],
	writes: true,
	examples: [{
		title: "From the sandbox to production, by a pull request",
		inputs: {
			projectName: "payment",
			appName: "cart-service",
			gitopsRepoUrl: "https://github.com/metasync/cart-service-gitops.git"
		}
	}]
});
export { step };
