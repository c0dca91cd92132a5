import { It as StepError, K as lstat, Y as readFile, Z as realpath, o as insideWorkspace, tt as writeFile } from "./chunk-base.mjs";
import { S as kustomizationPaths, b as kustomizationIn, l as parseEdit, r as unifiedDiff, s as applyEdits } from "./chunk-edits.mjs";
import { t as imageVersion } from "./chunk-image-version.mjs";
import { join, relative } from "node:path";
// tools/steps/src/kustomize-set-image/run.ts
async function run(inputs, ctx) {
	const folder = relative(ctx.workspace, insideWorkspace(ctx.workspace, inputs.path));
	const files = await readKustomizations(ctx.workspace, folder);
	const file = kustomizationIn(files, folder);
	const { changes } = applyEdits([parseEdit(editFor(inputs, folder))], files);
	const changed = changes.get(file);
	if (changed !== void 0 && !ctx.dryRun) await writeFile(join(ctx.workspace, file), changed.bytes);
	const { image, imageTag, digest } = inputs;
	const version = [imageTag, digest].filter(Boolean).join(" ");
	const verb = changed === void 0 ? "is at" : ctx.dryRun ? "would be set to" : "is set to";
	return {
		changed: changed !== void 0 && !ctx.dryRun,
		outputs: {
			file,
			image,
			imageTag,
			digest
		},
		summary: `${image} ${verb} ${version} in ${file}`,
		diff: unifiedDiff(files, changes)
	};
}
function editFor(inputs, folder) {
	return {
		kind: "kustomize-set-image",
		version: 1,
		folder,
		image: inputs.image,
		to: imageVersion(inputs),
		...inputs.newName === void 0 ? {} : { newName: inputs.newName }
	};
}
async function readKustomizations(workspace, folder) {
	const found = await Promise.all(kustomizationPaths(folder).map(async (path) => [path, await readOwnFile(workspace, path)]));
	return new Map(found.flatMap(([path, file]) => file === void 0 ? [] : [[path, file]]));
}
async function readOwnFile(workspace, path) {
	const place = join(workspace, path);
	const state = await lstat(place).catch(() => void 0);
	if (state === void 0) return void 0;
	if (state.isFile() && await realpath(place) === join(await realpath(workspace), path)) return {
		bytes: await readFile(place),
		executable: (state.mode & 64) !== 0
	};
	throw new StepError(`${path} is reached by a symbolic link or is no file, so it is not written to`, { hint: "Name the folder that really holds the kustomization." });
}
export { run };
