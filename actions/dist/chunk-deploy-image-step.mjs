import { V as defineStep, bt as number, ht as boolean, n as fields, wt as string, xt as object } from "./chunk-base.mjs";
// tools/steps/src/deploy-image/step.ts
const step = defineStep({
	id: "deploy-image",
	summary: "Lands an image in the overlay of an environment: one commit, one changed line, never backwards.",
	inputs: object({
		gitopsRepoUrl: fields.gitopsRepoUrl.optional().describe("Address of the GitOps repository; by default beside the source repository."),
		projectName: fields.projectName,
		appName: fields.appName,
		deployEnv: fields.deployEnv.optional().describe("Environment; by default the first of luban-config."),
		gitopsBranch: fields.branch.optional(),
		image: fields.image,
		imageTag: fields.imageTag,
		digest: fields.digest.optional(),
		repoUrl: fields.repoUrl.optional(),
		revision: fields.revision.optional(),
		orderKey: fields.orderKey.optional(),
		requestedAt: fields.orderKey.optional().describe("When this run was asked for: the order key of a build that has none; by default now."),
		allowDowngrade: boolean().default(false).describe("Put an older build in place of a newer one; this is recorded."),
		deadlineSeconds: number().int().min(1).default(300).describe("How long to go on while others land too.")
	}),
	outputs: object({
		commit: string().describe("Commit of the GitOps repository that has the image, or the tip it was compared with."),
		gitopsRepoUrl: string().describe("The GitOps repository."),
		gitopsBranch: string().describe("The branch."),
		deployEnv: string().describe("The environment."),
		superseded: boolean().describe("Whether something newer was in place."),
		supersededBy: string().optional().describe("What it was.")
	}),
	needs: ["conventions", "git"],
	writes: true,
	examples: [{
		title: "What a pipeline has built, to the sandbox",
		inputs: {
			repoUrl: "https://github.com/metasync/cart-service.git",
			revision: "3f786850e387550fdab836ed7e6dc881de23001b",
			projectName: "payment",
			appName: "cart-service",
			image: "quay.io/payment/cart-service",
			imageTag: "1.0.0",
			digest: "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
			orderKey: "2026-01-02T03:04:05Z"
		}
	}]
});
export { step };
