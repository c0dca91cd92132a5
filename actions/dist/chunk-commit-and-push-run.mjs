import { o as insideWorkspace } from "./chunk-base.mjs";
import { t as namingInputs } from "./chunk-naming-inputs.mjs";
import { n as runProvenance, t as authorFor } from "./chunk-provenance.mjs";
// tools/steps/src/commit-and-push/run.ts
const verbs = {
	landed: "landed on",
	"would land": "would land on",
	"already there": "are already on",
	superseded: "are superseded on"
};
async function run(inputs, ctx) {
	const { branch } = inputs;
	const folder = insideWorkspace(ctx.workspace, inputs.path);
	const { url: origin, edits } = await namingInputs({ folder: "path" }, () => ctx.git.here.readWorkTree(folder));
	const url = inputs.repoUrl ?? origin;
	const files = edits.flatMap((edit) => "path" in edit ? [edit.path] : []);
	const git = ctx.git.of(url);
	if (edits.length === 0) {
		const { commit } = await git.resolveRef(url, `refs/heads/${branch}`);
		return {
			changed: false,
			outputs: {
				commit,
				branch,
				files
			},
			summary: `nothing was changed in ${inputs.path}`
		};
	}
	const landed = await git.land({
		url,
		branch,
		edits,
		message: inputs.message,
		trailers: runProvenance(ctx.run),
		deadlineSeconds: inputs.deadlineSeconds,
		dryRun: ctx.dryRun,
		...inputs.createFrom === void 0 ? {} : { createFrom: inputs.createFrom },
		...authorFor(ctx.run)
	});
	return {
		changed: landed.changed,
		outputs: {
			commit: landed.commit,
			branch,
			files
		},
		summary: `${files.join(", ")} ${verbs[landed.outcome]} ${branch} of ${url}`,
		..."diff" in landed ? { diff: landed.diff } : {}
	};
}
export { run };
