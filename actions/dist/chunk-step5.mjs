import { V as defineStep, bt as number, ht as boolean, n as fields, wt as string, xt as object } from "./chunk-base.mjs";
import { n as setUpOutputs, t as setUpInputs } from "./chunk-set-up-fields.mjs";
import { t as templateInputs } from "./chunk-template-fields.mjs";
// tools/steps/src/setup-gitops-repo/step.ts
const step = defineStep({
	id: "setup-gitops-repo",
	summary: "Ensures the GitOps repository of an application, with the overlay of an environment.",
	inputs: object({
		projectName: fields.projectName,
		appName: fields.appName,
		deployEnv: fields.deployEnv,
		gitOrganization: setUpInputs.gitOrganization,
		gitProvider: setUpInputs.gitProvider,
		gitopsRepoUrl: fields.gitopsRepoUrl.optional(),
		repoUrl: fields.repoUrl.optional().describe("Address of the source repository; by default as registered, else as the conventions have it."),
		template: templateInputs.template("luban-gitops-template"),
		templateValues: templateInputs.templateValues,
		protectBranches: boolean().default(true).describe("Whether branches that take promotions are closed for pushes; some plans of a forge cannot."),
		requiredApprovals: number().int().min(0).max(6).default(0).describe("Approvals that a change of production needs."),
		register: boolean().default(true).describe("Whether luban-repositories in the cluster gets an entry for it."),
		remove: setUpInputs.remove
	}),
	outputs: object({
		gitopsRepoUrl: string().describe("The GitOps repository."),
		gitopsBranch: string().describe("The branch that the environment is read from."),
		pullRequestUrl: string().optional().describe("The pull request that somebody has to merge, if there is one."),
		changedObjects: setUpOutputs.changedObjects,
		leftObjects: setUpOutputs.leftObjects
	}),
	needs: [
		"conventions",
		"dagster",
		"forge",
		"git",
		"kubernetes",
		"templates"
	],
	writes: true,
	examples: [{
		title: "The repository of cart-service",
		inputs: {
			projectName: "payment",
			appName: "cart-service",
			deployEnv: "snd",
			gitOrganization: "metasync"
		}
	}]
});
export { step as t };
