import { U as DnsLabel, V as defineStep, bt as number, dt as _enum, n as fields, wt as string, xt as object } from "./chunk-base.mjs";
import { n as setUpOutputs, t as setUpInputs } from "./chunk-set-up-fields.mjs";
// tools/steps/src/register-dagster-location/step.ts
const step = defineStep({
	id: "register-dagster-location",
	summary: "Ensures that a Dagster platform loads a code location, in one environment.",
	inputs: object({
		projectName: fields.projectName,
		appName: fields.appName.describe("Name of the code location’s application; Dagster shows it by this name."),
		deployEnv: fields.deployEnv,
		dagsterPlatformProject: DnsLabel.optional().describe("Project of the platform; by default the code location’s."),
		dagsterPlatformApp: DnsLabel.default("dagster-platform").describe("Name of the platform’s application."),
		gitOrganization: setUpInputs.gitOrganization,
		gitProvider: setUpInputs.gitProvider,
		gitopsRepoUrl: fields.gitopsRepoUrl.optional().describe("Address of the platform’s GitOps repository; by default as luban-repositories says."),
		locationHost: string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, "expected a host name").max(253).optional().describe("Host of its server; by default its Service in the namespace of the environment."),
		locationPort: number().int().min(1).max(65535).optional().describe("Port of its server; by default code_location_port of luban-dagster-config."),
		mode: _enum(["pull-request", "auto-merge"]).default("pull-request").describe("What becomes of the pull request where the change needs one: it waits, or is merged when it may be."),
		deadlineSeconds: number().int().min(1).default(300).describe("How long to go on while others land too."),
		remove: setUpInputs.remove
	}),
	outputs: object({
		gitopsRepoUrl: string().describe("The platform’s GitOps repository."),
		gitopsBranch: string().describe("The branch that the environment is read from."),
		locationAddress: string().describe("Where the platform finds its server: <host>:<port>."),
		pullRequestUrl: string().optional().describe("The pull request that somebody has to merge, if there is one."),
		changedObjects: setUpOutputs.changedObjects,
		leftObjects: setUpOutputs.leftObjects
	}),
	needs: [
		"conventions",
		"dagster",
		"forge",
		"git"
	],
	writes: true,
	examples: [{
		title: "A code location in the sandbox, at the platform of its project",
		inputs: {
			projectName: "data",
			appName: "etl-jobs",
			deployEnv: "snd",
			gitOrganization: "metasync"
		}
	}]
});
export { step as t };
