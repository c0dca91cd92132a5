import { H as GitProvider, St as record, U as DnsLabel, V as defineStep, bt as number, n as fields, pt as array, wt as string, xt as object } from "./chunk-base.mjs";
import { t as platformNamespace } from "./chunk-platform.mjs";
// tools/steps/src/reconcile-pushes/step.ts
const step = defineStep({
	id: "reconcile-pushes",
	summary: "Starts what a push to a registered repository should have started, where its event got lost.",
	inputs: object({
		forge: GitProvider.describe("Kind of forge whose repositories are looked at, and that the token is for."),
		projectName: fields.projectName.optional().describe("Project whose repositories are looked at; by default all."),
		template: DnsLabel.default("luban-ci-kpack-template").describe("WorkflowTemplate of the pipeline."),
		graceSeconds: number().int().min(0).default(300).describe("How long an event may be late."),
		botAuthors: array(string()).default(["Luban CI"]).describe("Commits by these authors start nothing."),
		passOn: record(string(), string()).default({}).describe("Further parameters for the pipeline, handed on as they are."),
		headsNamespace: DnsLabel.default(platformNamespace).describe("Namespace of the ConfigMap luban-heads.")
	}),
	outputs: object({
		started: array(string()).describe("Pushes that were made up for: repository, ref, commit."),
		waiting: array(string()).describe("Pushes whose event may still come."),
		repositories: number().int().describe("How many repositories were looked at.")
	}),
	needs: [
		"conventions",
		"git",
		"kubernetes"
	],
	writes: true,
	examples: [{
		title: "The repositories on GitHub",
		inputs: {
			forge: "github",
			passOn: {
				git_provider: "github",
				git_creds_secret: "github-creds"
			}
		}
	}]
});
export { step };
