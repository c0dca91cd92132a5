import { St as record, U as DnsLabel, V as defineStep, pt as array, wt as string, xt as object } from "./chunk-base.mjs";
// tools/steps/src/merge-config/step.ts
const step = defineStep({
	id: "merge-config",
	summary: "Makes one configuration of luban-config, the ConfigMap of an application, and values that were set.",
	inputs: object({
		appConfigPath: string().optional().describe("Path of luban-python-config or luban-dagster-config, in any of the forms of luban-config."),
		set: record(string(), string().regex(/^\P{Cc}*$/u, "expected one line of text")).default({}).describe("Values that win over both, by their keys."),
		template: DnsLabel.optional().describe("Template whose variables may be set, too."),
		outputFile: string().min(1).default("config.yaml").describe("File in the workspace that is written.")
	}),
	outputs: object({
		configFile: string().describe("The file, relative to the workspace."),
		keys: array(string()).describe("What is in it, without the values: <key> from <where>.")
	}),
	needs: ["conventions", "templates"],
	writes: true,
	examples: [{
		title: "Values for a Python application, with another port",
		inputs: {
			configPath: "/etc/config/luban",
			appConfigPath: "/etc/config/app",
			set: { container_port: "9000" }
		}
	}]
});
export { step };
