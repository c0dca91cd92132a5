import { St as record, V as defineStep, ht as boolean, n as fields, pt as array, wt as string, xt as object, yt as looseObject } from "./chunk-base.mjs";
// tools/steps/src/verify/step.ts
const step = defineStep({
	id: "verify",
	summary: "Compares what each environment’s manifests say with what was recorded, and names who edited by hand.",
	inputs: object({
		gitopsRepoUrl: fields.gitopsRepoUrl,
		environments: array(fields.deployEnv).default([]).describe("Environments to look at; by default all of luban-config."),
		expectPromotions: boolean().default(true).describe("Whether a version that came to a later environment without a promotion is a finding."),
		failOnFindings: boolean().default(true).describe("Whether a finding is a failure.")
	}),
	outputs: object({
		sound: boolean().describe("Whether nothing was found."),
		environments: array(object({
			environment: string(),
			branch: string(),
			commit: string(),
			images: array(looseObject({
				application: string(),
				image: string(),
				state: string()
			}))
		})).describe("What each environment runs: image, tag, digest, source commit, since when, promoted from what."),
		findings: array(string()).describe("What does not fit, a sentence each."),
		handEdits: array(record(string(), string())).describe("Who edited what by hand: environment, folder, image, commit, author, time and subject.")
	}),
	needs: ["conventions", "git"],
	writes: false,
	examples: [{
		title: "All environments of an application",
		inputs: { gitopsRepoUrl: "https://github.com/metasync/cart-service-gitops.git" }
	}]
});
export { step };
