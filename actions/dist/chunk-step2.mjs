import { V as defineStep, ht as boolean, n as fields, wt as string, xt as object } from "./chunk-base.mjs";
import { n as setUpOutputs, t as setUpInputs } from "./chunk-set-up-fields.mjs";
// tools/steps/src/setup-argocd-application/step.ts
const step = defineStep({
	id: "setup-argocd-application",
	summary: "Ensures the Argo CD application of one environment.",
	inputs: object({
		projectName: fields.projectName,
		appName: fields.appName,
		deployEnv: fields.deployEnv,
		gitOrganization: setUpInputs.gitOrganization,
		gitProvider: setUpInputs.gitProvider,
		gitopsRepoUrl: fields.gitopsRepoUrl.optional(),
		remove: setUpInputs.remove,
		cascade: boolean().default(true).describe("Whether removing it removes what it deployed.")
	}),
	outputs: object({
		argocdApplication: string().describe("Name of the Application."),
		gitopsRepoUrl: string().describe("The GitOps repository that it reads."),
		changedObjects: setUpOutputs.changedObjects,
		leftObjects: setUpOutputs.leftObjects
	}),
	needs: ["conventions", "kubernetes"],
	writes: true,
	examples: [{
		title: "The sandbox of cart-service",
		inputs: {
			projectName: "payment",
			appName: "cart-service",
			deployEnv: "snd",
			gitOrganization: "metasync"
		}
	}]
});
export { step as t };
