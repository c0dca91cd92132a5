import { $ as object, G as array, N as defineStep, et as record, n as fields, nt as string, q as boolean } from "./chunk-base.mjs";
// tools/steps/src/verify/step.ts
const step = defineStep({
	id: "verify",
	summary: "Compares what each environment’s manifests say with what was recorded when it was deployed.",
	inputs: object({
		gitopsRepoUrl: fields.gitopsRepoUrl,
		environments: array(fields.deployEnv).default([]).describe("Environments to look at; by default all of luban-config."),
		failOnFindings: boolean().default(true).describe("Whether a finding is a failure.")
	}),
	outputs: object({
		sound: boolean().describe("Whether nothing was found."),
		environments: array(object({
			environment: string(),
			branch: string(),
			commit: string(),
			images: array(record(string(), string()))
		})).describe("What each environment runs: image, tag, digest, source commit, since when, promoted from what."),
		findings: array(string()).describe("What does not fit, a sentence each.")
	}),
	needs: ["conventions", "git"],
	writes: false,
	examples: [{
		title: "All environments of an application",
		inputs: { gitopsRepoUrl: "https://github.com/metasync/cart-service-gitops.git" }
	}]
});
export { step };
