import { U as DnsLabel, V as defineStep, xt as object } from "./chunk-base.mjs";
import { n as infraOutputs, t as infraInputs } from "./chunk-infra-fields.mjs";
import { n as setUpOutputs, t as setUpInputs } from "./chunk-set-up-fields.mjs";
import { t as templateInputs } from "./chunk-template-fields.mjs";
// tools/steps/src/setup-infra-repo/step.ts
const step = defineStep({
	id: "setup-infra-repo",
	summary: "Ensures a repository from which Argo CD keeps the namespaces of projects.",
	inputs: object({
		infraType: infraInputs.infraType,
		infraProjectName: infraInputs.infraProjectName,
		infraRepoName: infraInputs.infraRepoName,
		infraRepoUrl: infraInputs.infraRepoUrl,
		infraBranch: infraInputs.infraBranch,
		gitOrganization: infraInputs.gitOrganization,
		gitProvider: infraInputs.gitProvider,
		template: DnsLabel.optional().describe("Template that it is filled from; by default infra-ci-base or infra-cd-base."),
		templateValues: templateInputs.templateValues,
		mode: infraInputs.mode,
		deadlineSeconds: infraInputs.deadlineSeconds,
		remove: setUpInputs.remove
	}),
	outputs: object({
		infraRepoUrl: infraOutputs.infraRepoUrl,
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
		title: "The repository of the namespaces that builds run in",
		inputs: {
			infraType: "ci",
			gitOrganization: "metasync"
		}
	}]
});
export { step as t };
