import { V as defineStep, n as fields, wt as string, xt as object } from "./chunk-base.mjs";
import { t as groupNames } from "./chunk-group-names.mjs";
import { n as setUpOutputs, t as setUpInputs } from "./chunk-set-up-fields.mjs";
// tools/steps/src/setup-argocd-project/step.ts
const step = defineStep({
	id: "setup-argocd-project",
	summary: "Ensures the Argo CD project of a team in one environment.",
	inputs: object({
		projectName: fields.projectName,
		deployEnv: fields.deployEnv,
		gitOrganization: setUpInputs.gitOrganization,
		gitProvider: setUpInputs.gitProvider,
		developerGroups: groupNames("Groups that may look at applications, read logs and sync."),
		adminGroups: groupNames("Groups that may do everything with the project’s applications."),
		remove: setUpInputs.remove
	}),
	outputs: object({
		argocdProject: string().describe("Name of the AppProject."),
		changedObjects: setUpOutputs.changedObjects,
		leftObjects: setUpOutputs.leftObjects
	}),
	needs: ["conventions", "kubernetes"],
	writes: true,
	examples: [{
		title: "The sandbox of the team payment",
		inputs: {
			projectName: "payment",
			deployEnv: "snd",
			gitOrganization: "metasync",
			developerGroups: ["payment-developers"],
			adminGroups: ["payment-leads"]
		}
	}]
});
export { step as t };
