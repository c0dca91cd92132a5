import { U as DnsLabel, a as repositoryUrl, bt as number, dt as _enum, pt as array, t as branchName, wt as string } from "./chunk-base.mjs";
import { t as setUpInputs } from "./chunk-set-up-fields.mjs";
// tools/steps/src/infra/infra-fields.ts
const infraInputs = {
	get infraType() {
		return _enum(["ci", "cd"]).describe("Namespaces that builds run in, or namespaces of environments.");
	},
	get infraProjectName() {
		return DnsLabel.optional().describe("Project that the infra repositories belong to; by default as luban-config says.");
	},
	get infraRepoName() {
		return string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "expected the name of a repository").max(100).optional().describe("Name of the repository; by default as luban-config says.");
	},
	get infraRepoUrl() {
		return repositoryUrl("Address of the repository, without credentials; by default as the names say.").optional();
	},
	get infraBranch() {
		return branchName("Branch that Argo CD reads.").default("main");
	},
	get gitOrganization() {
		return setUpInputs.gitOrganization.describe("Owner of the repositories; by default the project of the infra repositories.");
	},
	get gitProvider() {
		return setUpInputs.gitProvider;
	},
	get mode() {
		return _enum(["pull-request", "auto-merge"]).default("pull-request").describe("What becomes of the pull request where the change needs one: it waits, or is merged when it may be.");
	},
	get deadlineSeconds() {
		return number().int().min(1).default(300).describe("How long to go on while others land too.");
	}
};
const infraOutputs = {
	get infraRepoUrl() {
		return string().describe("The infra repository.");
	},
	get pullRequestUrl() {
		return string().optional().describe("The pull request that somebody has to merge, if there is one.");
	},
	get leftObjects() {
		return array(string()).describe("What stays as somebody made or changed it.");
	}
};
export { infraOutputs as n, infraInputs as t };
