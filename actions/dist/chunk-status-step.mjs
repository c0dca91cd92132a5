import { V as defineStep, a as repositoryUrl, n as fields, pt as array, wt as string, xt as object, yt as looseObject } from "./chunk-base.mjs";
// tools/steps/src/status/step.ts
const step = defineStep({
	id: "status",
	summary: "Shows what runs where, since when, and from which commit, as a table and as JSON.",
	inputs: object({
		gitopsRepoUrl: fields.gitopsRepoUrl.optional(),
		gitopsRepoUrls: array(repositoryUrl("Address of a GitOps repository.")).default([]).describe("Addresses of several; without any, those of luban-repositories."),
		environments: array(fields.deployEnv).default([]).describe("Environments to look at; by default all of luban-config.")
	}),
	outputs: object({
		deployments: array(looseObject({
			application: string(),
			environment: string(),
			image: string(),
			state: string()
		})).describe("What runs: image, tag, digest, source commit, since when, by which run, promoted from what."),
		waiting: array(string()).describe("What an earlier environment has that a later one has not, a sentence each."),
		findings: array(string()).describe("What was edited by hand or came without a promotion, a sentence each."),
		commits: array(object({
			repository: string(),
			environment: string(),
			branch: string(),
			commit: string()
		})).describe("The tips that were read."),
		unreadable: array(string()).describe("Repositories that could not be read, with the reason.")
	}),
	needs: ["conventions", "git"],
	writes: false,
	examples: [{
		title: "One repository",
		inputs: { gitopsRepoUrl: "https://github.com/metasync/cart-service-gitops.git" }
	}, {
		title: "Production of all applications that are registered",
		inputs: {
			environments: ["prd"],
			repositoriesPath: "/etc/luban/repositories"
		}
	}]
});
export { step };
