import { V as defineStep, a as repositoryUrl, bt as number, pt as array, t as branchName, wt as string, xt as object } from "./chunk-base.mjs";
// tools/steps/src/commit-and-push/step.ts
const step = defineStep({
	id: "commit-and-push",
	summary: "Lands what was changed in a checked-out work tree on its branch, file by file against what was read.",
	inputs: object({
		path: string().default(".").describe("Folder of the work tree in the workspace."),
		repoUrl: repositoryUrl("Address to push to; by default the work tree’s origin.").optional(),
		branch: branchName("Branch to land on."),
		message: string().min(1).max(1e4).describe("Commit message."),
		createFrom: branchName("Branch to start from, where the branch does not exist yet.").optional(),
		deadlineSeconds: number().int().min(1).default(120).describe("How long to go on while others push too.")
	}),
	outputs: object({
		commit: string().describe("Commit on the branch that has the changes."),
		branch: string().describe("Branch that was landed on."),
		files: array(string()).describe("Files that differ from what was checked out.")
	}),
	needs: ["git"],
	writes: true,
	examples: [{
		title: "After kustomize-set-image",
		inputs: {
			branch: "develop",
			message: "Deploy cart-service 1.0.0 to snd"
		}
	}]
});
export { step };
