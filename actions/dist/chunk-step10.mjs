import { Ot as url, V as defineStep, ct as secret, n as fields, wt as string, xt as object } from "./chunk-base.mjs";
import { n as setUpOutputs, t as setUpInputs } from "./chunk-set-up-fields.mjs";
import { t as templateInputs } from "./chunk-template-fields.mjs";
// tools/steps/src/setup-source-repo/step.ts
const step = defineStep({
	id: "setup-source-repo",
	summary: "Ensures the source repository of an application, with the webhook that tells of its pushes.",
	inputs: object({
		projectName: fields.projectName,
		appName: fields.appName,
		gitOrganization: setUpInputs.gitOrganization,
		gitProvider: setUpInputs.gitProvider,
		repoUrl: fields.repoUrl.optional(),
		template: templateInputs.template("luban-python-template"),
		templateValues: templateInputs.templateValues,
		webhookUrl: url({ protocol: /^https?$/ }).optional().describe("Address that pushes are delivered to; by default the one of luban-config."),
		webhookSecret: secret(string().min(8).describe("Secret that proves a delivery.")).optional(),
		remove: setUpInputs.remove
	}),
	outputs: object({
		repoUrl: string().describe("The source repository."),
		webhookAddress: string().optional().describe("Where its pushes are delivered, if anywhere."),
		changedObjects: setUpOutputs.changedObjects,
		leftObjects: setUpOutputs.leftObjects
	}),
	needs: [
		"conventions",
		"dagster",
		"forge",
		"git",
		"templates"
	],
	writes: true,
	examples: [{
		title: "The source of cart-service",
		inputs: {
			projectName: "payment",
			appName: "cart-service",
			gitOrganization: "metasync"
		}
	}]
});
export { step as t };
