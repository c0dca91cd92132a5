import { o as insideWorkspace } from "./chunk-base.mjs";
import { t as namingInputs } from "./chunk-naming-inputs.mjs";
import { relative } from "node:path";
// tools/steps/src/checkout/run.ts
async function run(inputs, ctx) {
	const folder = insideWorkspace(ctx.workspace, inputs.path);
	const { changed, commit, ref } = await namingInputs({
		folder: "path",
		paths: "sparsePaths"
	}, () => ctx.git.of(inputs.repoUrl).checkout({
		url: inputs.repoUrl,
		ref: inputs.ref,
		folder,
		depth: inputs.depth,
		...inputs.sparsePaths.length === 0 ? {} : { paths: inputs.sparsePaths }
	}));
	const path = relative(ctx.workspace, folder) || ".";
	return {
		changed,
		outputs: {
			commit,
			ref: ref ?? inputs.ref,
			path
		},
		summary: `${path} is at ${commit} of ${inputs.repoUrl}`
	};
}
export { run };
