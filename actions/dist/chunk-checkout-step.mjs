import { w as RepositoryPath } from "./chunk-edits.mjs";
import { V as defineStep, bt as number, i as refName, n as fields, pt as array, wt as string, xt as object } from "./chunk-base.mjs";
// tools/steps/src/checkout/step.ts
const step = defineStep({
	id: "checkout",
	summary: "Fetches one commit of a repository into a folder of the workspace, without its history.",
	inputs: object({
		repoUrl: fields.repoUrl,
		ref: refName("Branch, tag, full ref or full commit id.").default("HEAD"),
		path: string().default(".").describe("Folder in the workspace."),
		depth: number().int().min(1).default(1).describe("How many commits of history to fetch."),
		sparsePaths: array(RepositoryPath()).default([]).describe("Folders to fetch; by default everything.")
	}),
	outputs: object({
		commit: string().describe("Full id of the commit that was checked out."),
		ref: string().describe("The ref it was reached by, in full."),
		path: string().describe("Folder in the workspace.")
	}),
	needs: ["git"],
	writes: false,
	examples: [{
		title: "The newest commit of a branch",
		inputs: {
			repoUrl: "https://github.com/metasync/cart-service.git",
			ref: "main",
			path: "source"
		}
	}, {
		title: "One overlay of a large GitOps repository",
		inputs: {
			repoUrl: "https://github.com/metasync/cart-service-gitops.git",
			ref: "develop",
			sparsePaths: ["app/overlays/snd"]
		}
	}]
});
export { step };
