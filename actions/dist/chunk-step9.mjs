import { U as DnsLabel, V as defineStep, n as fields, pt as array, wt as string, xt as object } from "./chunk-base.mjs";
import { n as setUpOutputs, t as setUpInputs } from "./chunk-set-up-fields.mjs";
// tools/steps/src/setup-random-secret/step.ts
const step = defineStep({
	id: "setup-random-secret",
	summary: "Ensures a Secret of an application whose values nobody has to think of.",
	inputs: object({
		projectName: fields.projectName,
		appName: fields.appName,
		deployEnv: fields.deployEnv,
		secretName: DnsLabel.describe("Name of the Secret in the namespace of the environment."),
		secretKeys: array(string().regex(/^[-._a-zA-Z0-9]+$/, "expected letters, digits, dot, underscore and hyphen")).min(1).max(20).default(["password"]).describe("Keys that get a random value of 48 hexadecimal digits, where they have none."),
		remove: setUpInputs.remove
	}),
	outputs: object({
		secretName: string().describe("Namespace and name of the Secret."),
		changedObjects: setUpOutputs.changedObjects,
		leftObjects: setUpOutputs.leftObjects
	}),
	needs: ["conventions", "kubernetes"],
	writes: true,
	examples: [{
		title: "The password of a Dagster platform’s database",
		inputs: {
			projectName: "data",
			appName: "dagster-platform",
			deployEnv: "snd",
			secretName: "dagster-platform-postgresql",
			secretKeys: ["postgresql-password"]
		}
	}]
});
export { step as t };
