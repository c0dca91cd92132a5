import { U as DnsLabel, V as defineStep, bt as number, dt as _enum, n as fields, pt as array, wt as string, xt as object } from "./chunk-base.mjs";
import { t as platformNamespace } from "./chunk-platform.mjs";
import { t as groupNames } from "./chunk-group-names.mjs";
import { n as setUpOutputs, t as setUpInputs } from "./chunk-set-up-fields.mjs";
// tools/steps/src/setup-namespace/step.ts
const step = defineStep({
	id: "setup-namespace",
	summary: "Ensures the namespace of a project in one environment: access, limits, credentials and templates.",
	inputs: object({
		projectName: fields.projectName,
		deployEnv: fields.deployEnv,
		developerGroups: groupNames("Groups that may view, submit and resubmit workflows, and read their logs."),
		adminGroups: groupNames("Groups that may also delete workflows."),
		createTestUsers: _enum(["yes", "no"]).default("no").describe("Whether there are accounts with the rights of both, for trying them out."),
		gitOrganization: setUpInputs.gitOrganization,
		gitProvider: setUpInputs.gitProvider,
		allowFrom: array(DnsLabel).default([]).describe("Namespaces whose pods may reach this one, beside those of luban-config."),
		maxBuilds: number().int().min(1).optional().describe("Builds at a time; by default as people have set it."),
		secretNamespace: DnsLabel.default(platformNamespace).describe("Namespace that Secrets come from."),
		remove: setUpInputs.remove
	}),
	outputs: object({
		namespace: string().describe("Name of the namespace."),
		missingSecrets: array(string()).describe("Secrets that builds or clusters need and that are not there."),
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
			developerGroups: ["payment-developers"],
			adminGroups: ["payment-leads"],
			createTestUsers: "yes"
		}
	}]
});
export { step as t };
