import { H as GitProvider, St as record, V as defineStep, dt as _enum, ht as boolean, i as refName, m as OrderKey, n as fields, pt as array, wt as string, xt as object } from "./chunk-base.mjs";
// tools/steps/src/resolve-source/step.ts
const step = defineStep({
	id: "resolve-source",
	summary: "Turns a push to any repository into the project, the application and the image it stands for, or a reason to skip it.",
	inputs: object({
		repoUrl: fields.repoUrl,
		gitRef: refName("The ref that was pushed, in full: refs/heads/… or refs/tags/….").default(""),
		revision: refName("The commit or tag object that was pushed; by default the tip of the ref.").default(""),
		appName: fields.appName.optional().describe("Name of the application; by default as luban-repositories says, else the repository."),
		tag: fields.imageTag.optional().describe("Tag to give the image; by default the version of a git tag, else the commit."),
		requestedAt: OrderKey().optional().describe("When the push was made, as the forge says."),
		dispatchedAt: OrderKey().optional().describe("When this run was asked for, where the forge does not say; by default now."),
		botAuthors: array(string()).default(["Luban CI"]).describe("Commits by these authors start nothing."),
		passOn: record(string(), string()).default({}).describe("Further parameters for the pipeline, handed on as they are."),
		gitProvider: GitProvider.optional().describe("Kind of forge; by default the host of the repository tells.")
	}),
	outputs: object({
		skip: boolean().describe("Whether there is nothing to do."),
		reason: string().describe("Why it is skipped, or what was found."),
		mode: _enum(["commit", "tag"]).optional().describe("Whether a branch or a tag was pushed."),
		repoUrl: string().optional().describe("Address of the source repository."),
		gitRef: string().optional().describe("The ref, in full."),
		revision: string().optional().describe("Full id of the commit; annotated tags are followed."),
		projectName: string().optional().describe("Project."),
		appName: string().optional().describe("Application."),
		namespace: string().optional().describe("Namespace that builds of the project run in."),
		image: string().optional().describe("Image repository."),
		imageTag: string().optional().describe("Tag for the image."),
		gitopsRepoUrl: string().optional().describe("Address of the GitOps repository."),
		orderKey: string().optional().describe("When the build was asked for."),
		requestId: string().optional().describe("The same for every delivery and every retry of this push."),
		pushId: string().optional().describe("The same for this commit on this ref, whoever tells of it and when."),
		pipelineParameters: record(string(), string()).optional().describe("All of it as the parameters that the CI pipeline takes.")
	}),
	needs: ["conventions", "git"],
	writes: false,
	examples: [{
		title: "A push to a branch",
		inputs: {
			repoUrl: "https://github.com/metasync/cart-service.git",
			gitRef: "refs/heads/main",
			revision: "3f786850e387550fdab836ed7e6dc881de23001b"
		}
	}, {
		title: "A release tag",
		inputs: {
			repoUrl: "git@github.com:metasync/cart-service.git",
			gitRef: "refs/tags/v1.0.0"
		}
	}]
});
export { step };
