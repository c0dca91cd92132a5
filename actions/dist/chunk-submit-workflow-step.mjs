import { St as record, U as DnsLabel, V as defineStep, bt as number, ht as boolean, m as OrderKey, wt as string, xt as object } from "./chunk-base.mjs";
// tools/steps/src/submit-workflow/step.ts
const step = defineStep({
	id: "submit-workflow",
	summary: "Submits a workflow from a template, once for each request.",
	inputs: object({
		template: DnsLabel.describe("Name of the WorkflowTemplate."),
		namespace: DnsLabel.describe("Namespace to submit into."),
		isClusterScoped: boolean().default(false).describe("Whether it is a ClusterWorkflowTemplate."),
		parameters: record(string(), string()).default({}).describe("Parameters by name; empty ones are left to the template."),
		labels: record(string(), string()).default({}).describe("Labels of the workflow."),
		namePrefix: DnsLabel.optional().describe("Beginning of its name; by default the template’s."),
		serviceAccount: DnsLabel.optional().describe("Service account that it runs as; by default the template’s."),
		requestId: string().min(1).max(4e3).optional().describe("The same for every retry of one request: a workflow that carries it is not submitted again."),
		subject: string().min(1).max(4e3).optional().describe("What it is about: a workflow that made up for this request before it came is not submitted again."),
		askedAt: OrderKey().optional().describe("When it was asked for, where that is known."),
		wait: boolean().default(false).describe("Wait for its end, and fail when it does."),
		deadlineSeconds: number().int().min(1).default(3600).describe("How long to wait.")
	}),
	outputs: object({
		workflow: string().optional().describe("Name of the workflow."),
		namespace: string().describe("Its namespace."),
		phase: string().optional().describe("Its phase when it was last seen.")
	}),
	needs: ["kubernetes"],
	writes: true,
	examples: [{
		title: "The CI pipeline of a project",
		inputs: {
			template: "luban-ci-kpack-template",
			namespace: "snd-payment",
			parameters: {
				repo_url: "https://github.com/metasync/cart-service.git",
				app_name: "cart-service"
			},
			labels: { app: "cart-service" }
		}
	}]
});
export { step };
