import { V as defineStep, n as fields, wt as string, xt as object } from "./chunk-base.mjs";
import { n as setUpOutputs, t as setUpInputs } from "./chunk-set-up-fields.mjs";
// tools/steps/src/setup-git-project/step.ts
const step = defineStep({
	id: "setup-git-project",
	summary: "Ensures the project on the forge that a team’s repositories belong to, where the forge has projects.",
	inputs: object({
		projectName: fields.projectName,
		gitOrganization: setUpInputs.gitOrganization,
		gitProvider: setUpInputs.gitProvider,
		remove: setUpInputs.remove
	}),
	outputs: object({
		repositoryOwner: string().describe("What the repositories of the team belong to."),
		changedObjects: setUpOutputs.changedObjects,
		leftObjects: setUpOutputs.leftObjects
	}),
	needs: ["conventions", "forge"],
	writes: true,
	examples: [{
		title: "A project of Azure DevOps",
		inputs: {
			projectName: "payment",
			gitOrganization: "metasync",
			gitProvider: "azure"
		}
	}]
});
export { step as t };
