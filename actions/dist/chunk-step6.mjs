import { U as DnsLabel, V as defineStep, dt as _enum, ht as boolean, n as fields, wt as string, xt as object } from "./chunk-base.mjs";
import { t as platformNamespace } from "./chunk-platform.mjs";
import { n as setUpOutputs, t as setUpInputs } from "./chunk-set-up-fields.mjs";
// tools/steps/src/setup-harbor-project/step.ts
const step = defineStep({
	id: "setup-harbor-project",
	summary: "Ensures the registry project of a team, with a robot account for pushing and one for pulling.",
	inputs: object({
		projectName: fields.projectName,
		registryVisibility: _enum(["private", "public"]).default("private").describe("Who may pull its images."),
		robots: boolean().default(true).describe("Whether the project gets robot accounts, and their Secrets are kept."),
		rotateRobots: boolean().default(false).describe("Give the robot accounts new secrets."),
		secretNamespace: DnsLabel.default(platformNamespace).describe("Namespace that keeps the robots’ Secrets."),
		remove: setUpInputs.remove
	}),
	outputs: object({
		registryProject: string().describe("Where its images are: <registry>/<project>."),
		changedObjects: setUpOutputs.changedObjects,
		leftObjects: setUpOutputs.leftObjects
	}),
	needs: [
		"conventions",
		"harbor",
		"kubernetes"
	],
	writes: true,
	examples: [{
		title: "A private project",
		inputs: {
			projectName: "payment",
			registryVisibility: "private"
		}
	}]
});
export { step as t };
