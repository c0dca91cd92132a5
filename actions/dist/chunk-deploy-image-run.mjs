import { D as describeEntry } from "./chunk-edits.mjs";
import { t as gitopsPlace } from "./chunk-gitops-place.mjs";
import { t as imageVersion } from "./chunk-image-version.mjs";
import { t as namingInputs } from "./chunk-naming-inputs.mjs";
import { n as runProvenance, t as authorFor } from "./chunk-provenance.mjs";
// tools/steps/src/deploy-image/run.ts
async function run(inputs, ctx) {
	const { conventions } = ctx;
	const name = {
		project: inputs.projectName,
		app: inputs.appName
	};
	const deployEnv = inputs.deployEnv ?? conventions.firstEnvironment();
	const gitopsBranch = inputs.gitopsBranch ?? conventions.branchOf(deployEnv);
	const gitopsRepoUrl = gitopsPlace(name, inputs, conventions);
	const landed = await namingInputs({ branch: "gitopsBranch" }, () => ctx.git.of(gitopsRepoUrl).land({
		url: gitopsRepoUrl,
		branch: gitopsBranch,
		edits: [editFor(inputs, deployEnv, ctx)],
		message: `Deploy ${inputs.appName} ${inputs.imageTag} to ${deployEnv}`,
		deadlineSeconds: inputs.deadlineSeconds,
		dryRun: ctx.dryRun,
		...authorFor(ctx.run)
	}));
	for (const note of landed.notes) ctx.log.info(note);
	return {
		changed: landed.changed,
		outputs: {
			commit: landed.commit,
			gitopsRepoUrl,
			gitopsBranch,
			deployEnv,
			superseded: landed.outcome === "superseded",
			supersededBy: landed.outcome === "superseded" ? describeEntry(landed.by) : void 0
		},
		summary: summaryOf(landed, inputs, `${deployEnv} (${gitopsBranch} of ${gitopsRepoUrl})`),
		..."diff" in landed ? { diff: landed.diff } : {}
	};
}
function editFor(inputs, deployEnv, ctx) {
	const order = inputs.orderKey ?? inputs.requestedAt ?? ctx.clock.now().toISOString();
	return {
		kind: "kustomize-set-image",
		version: 1,
		folder: ctx.conventions.overlayOf(deployEnv, {
			project: inputs.projectName,
			app: inputs.appName
		}),
		image: inputs.image,
		to: imageVersion(inputs),
		pin: "as-listed",
		allowDowngrade: inputs.allowDowngrade,
		record: ctx.conventions.config.record === "none" ? "none" : "write",
		provenance: {
			key: [
				"deploy",
				deployEnv,
				inputs.imageTag,
				inputs.revision ?? "",
				order
			].join(" "),
			at: ctx.clock.now().toISOString(),
			order,
			...inputs.repoUrl === void 0 ? {} : { sourceRepository: inputs.repoUrl },
			...inputs.revision === void 0 ? {} : { sourceCommit: inputs.revision },
			...runProvenance(ctx.run)
		}
	};
}
function summaryOf(landed, { image, imageTag }, where) {
	const what = `${image}:${imageTag}`;
	if (landed.outcome === "landed") return `${what} landed in ${where} as ${landed.commit}`;
	if (landed.outcome === "would land") return `${what} would land in ${where}`;
	if (landed.outcome === "superseded") return `${what} is superseded in ${where} by ${describeEntry(landed.by)}`;
	return `${what} is in ${where} already`;
}
export { run };
