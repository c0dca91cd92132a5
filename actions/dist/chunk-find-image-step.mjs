import { V as defineStep, bt as number, n as fields, pt as array, wt as string, xt as object, yt as looseObject } from "./chunk-base.mjs";
// tools/steps/src/find-image/step.ts
const step = defineStep({
	id: "find-image",
	summary: "Finds every place of a GitOps repository that names an image, with the environment and the version.",
	inputs: object({
		gitopsRepoUrl: fields.gitopsRepoUrl,
		image: fields.image,
		environments: array(fields.deployEnv).default([]).describe("Environments to look at; by default all of luban-config."),
		cacheFolder: string().min(1).optional().describe("Folder that keeps what was read for the next question; without it nothing is kept.")
	}),
	outputs: object({
		places: array(looseObject({
			application: string(),
			branch: string(),
			file: string(),
			at: string()
		})).describe("Each place: environment, application, branch, file, path in it, layout, tag, digest."),
		files: array(string()).describe("Files that name it, as `branch:path`."),
		notes: array(string()).describe("What was left out and why, a sentence each."),
		commits: array(object({
			branch: string(),
			commit: string()
		})).describe("The tips that were read."),
		fetched: number().describe("How many contents the server had to hand out.")
	}),
	needs: ["conventions", "git"],
	writes: false,
	examples: [{
		title: "Who still uses an image, asked often",
		inputs: {
			gitopsRepoUrl: "https://github.com/metasync/platform-gitops.git",
			image: "quay.io/payment/cart-service",
			cacheFolder: ".luban/cache"
		}
	}, {
		title: "Production alone",
		inputs: {
			gitopsRepoUrl: "https://github.com/metasync/platform-gitops.git",
			image: "nginx",
			environments: ["prd"]
		}
	}]
});
export { step };
