import { U as DnsLabel, V as defineStep, dt as _enum, n as fields, wt as string, xt as object } from "./chunk-base.mjs";
import { n as infraOutputs, t as infraInputs } from "./chunk-infra-fields.mjs";
import { t as groupNames } from "./chunk-group-names.mjs";
import { n as setUpOutputs, t as setUpInputs } from "./chunk-set-up-fields.mjs";
import { t as templateInputs } from "./chunk-template-fields.mjs";
// tools/steps/src/update-infra-repo/step.ts
const step = defineStep({
	id: "update-infra-repo",
	summary: "Ensures the overlay of a project in an infra repository, from which Argo CD keeps its namespace.",
	inputs: object({
		infraType: infraInputs.infraType,
		projectName: fields.projectName,
		deployEnv: fields.deployEnv.optional().describe("Environment, as luban-config lists them; for cd it has to be given, and ci is for the first."),
		developerGroups: groupNames("Groups that may view, submit and resubmit workflows, and read their logs."),
		adminGroups: groupNames("Groups that may also delete workflows."),
		createTestUsers: _enum(["yes", "no"]).default("no").describe("Whether there are accounts with the rights of both, for trying them out."),
		infraProjectName: infraInputs.infraProjectName,
		infraRepoName: infraInputs.infraRepoName,
		infraRepoUrl: infraInputs.infraRepoUrl,
		infraBranch: infraInputs.infraBranch,
		gitOrganization: infraInputs.gitOrganization,
		gitProvider: infraInputs.gitProvider,
		template: DnsLabel.optional().describe("Template of the overlay; by default infra-ci-overlay or infra-cd-overlay."),
		templateValues: templateInputs.templateValues,
		mode: infraInputs.mode,
		deadlineSeconds: infraInputs.deadlineSeconds,
		remove: setUpInputs.remove
	}),
	outputs: object({
		infraRepoUrl: infraOutputs.infraRepoUrl,
		namespace: string().describe("Name of the namespace."),
		overlay: string().describe("Folder of the overlay in the repository."),
		pullRequestUrl: infraOutputs.pullRequestUrl,
		changedObjects: setUpOutputs.changedObjects,
		leftObjects: infraOutputs.leftObjects
	}),
	needs: [
		"conventions",
		"forge",
		"git",
		"templates"
	],
	writes: true,
	examples: [{
		title: "Where builds of the team payment run",
		inputs: {
			infraType: "ci",
			projectName: "payment",
			developerGroups: ["payment-developers"],
			adminGroups: ["payment-leads"],
			gitOrganization: "metasync"
		}
	}, {
		title: "Its production",
		inputs: {
			infraType: "cd",
			projectName: "payment",
			deployEnv: "prd",
			gitOrganization: "metasync"
		}
	}]
});
export { step as t };
