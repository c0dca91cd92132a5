import { D as describeEntry, S as kustomizationPaths, T as folderOf, a as findImage, b as kustomizationIn, i as followKustomization, l as parseEdit, r as unifiedDiff, s as applyEdits } from "./chunk-edits.mjs";
import { t as imageVersion } from "./chunk-image-version.mjs";
import { It as StepError, K as lstat, Pt as InputError, X as readdir, Y as readFile, Z as realpath, o as insideWorkspace, tt as writeFile } from "./chunk-base.mjs";
import { n as runProvenance } from "./chunk-provenance.mjs";
import { join, relative, sep } from "node:path";
// tools/steps/src/workspace-files.ts
const skippedFolders = /(^|\/)(\.git|node_modules)(\/|$)/;
async function readFilesBelow(workspace, folder, isWanted) {
	const root = await realpath(workspace);
	if (await realpath(join(workspace, folder)).catch(() => void 0) !== join(root, folder)) throw new StepError(`${folder || "the workspace"} is no folder, or is reached by a symbolic link`, { hint: "Name the folder that really holds the files." });
	const paths = (await readdir(join(root, folder), {
		recursive: true,
		withFileTypes: true
	})).filter((entry) => entry.isFile() && isWanted(entry.name)).map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/")).filter((path) => !skippedFolders.test(path)).sort();
	return new Map(await Promise.all(paths.map(async (path) => [path, await readOne(join(root, path))])));
}
async function writeChanges(workspace, changes) {
	for (const [path, file] of changes) {
		const place = join(workspace, path);
		const state = await lstat(place).catch(() => void 0);
		if (state !== void 0 && !state.isFile()) throw new StepError(`${path} is no file, so it is not written to`);
		if (file !== void 0) await writeFile(place, file.bytes);
	}
}
async function readOne(place) {
	const [state, bytes] = await Promise.all([lstat(place), readFile(place)]);
	return {
		bytes,
		executable: (state.mode & 64) !== 0
	};
}
// tools/steps/src/set-image/edits-for.ts
function editsFor({ files, policies, appendTo }, wanted) {
	const { image, to, allowDowngrade, provenance, folder } = wanted;
	const common = {
		version: 1,
		image,
		to,
		pin: "as-listed",
		record: "where-kept",
		allowDowngrade,
		provenance
	};
	if (appendTo !== void 0) return [{
		...common,
		kind: "kustomize-set-image",
		folder,
		keepAlias: true
	}];
	return [...new Set(files.map(folderOf))].map((each) => ({
		...common,
		kind: "set-image",
		paths: files.filter((file) => folderOf(file) === each),
		layouts: [...wanted.layouts],
		policies
	}));
}
// tools/steps/src/set-image/find-places.ts
function isSearched(name) {
	return /\.(ya?ml|json)$/.test(name) || name === "Kustomization" || name === ".luban";
}
async function findPlaces(search, everything) {
	const { files, folder, image, layouts } = search;
	const found = findImage(files, image, layouts);
	if (found.places.length > 0) return {
		...found,
		files: [...new Set(found.places.map(({ file }) => file))],
		appendTo: void 0
	};
	const outside = layouts.includes("kustomize") && kustomizationPaths(folder).some((path) => files.has(path)) ? findOutside(await everything(), search) : [];
	if (outside.length === 0) throw notNamed(search, found.notes);
	const path = kustomizationIn(files, folder);
	const note = `${image} is named in ${outside.join(", ")}, which others may use too; it is listed in ${path} instead`;
	return {
		...found,
		notes: [...found.notes, note],
		files: [path],
		appendTo: path
	};
}
function findOutside(all, { folder, image }) {
	const used = followKustomization(all, folder).files;
	const files = new Map([...all].filter(([path]) => used.includes(path)));
	return [...new Set(findImage(files, image).places.map(({ file }) => file))];
}
function notNamed({ folder, image }, notes) {
	const hint = notes.length === 0 ? void 0 : `${notes.join("; ")}.`;
	return new InputError(`no file in ${folder || "the workspace"} names the image ${image}`, [{
		field: "image",
		expected: "expected an image that a file of the folder names"
	}], { hint });
}
// tools/steps/src/set-image/run.ts
async function run(inputs, ctx) {
	const to = imageVersion(inputs);
	const folder = relative(ctx.workspace, insideWorkspace(ctx.workspace, inputs.path)).split(sep).join("/");
	const files = await readFilesBelow(ctx.workspace, folder, isSearched);
	const found = await findPlaces({
		files,
		folder,
		...inputs
	}, () => readFilesBelow(ctx.workspace, "", isSearched));
	const edits = editsFor(found, {
		...inputs,
		to,
		folder,
		provenance: provenanceFor(inputs, ctx)
	}).map(parseEdit);
	const applied = applyEdits(edits, files);
	for (const note of [...found.notes, ...notesOf(applied)]) ctx.log.info(note);
	if (!ctx.dryRun) await writeChanges(ctx.workspace, applied.changes);
	return {
		changed: applied.changes.size > 0 && !ctx.dryRun,
		outputs: outputsFor(inputs, found, applied),
		summary: summaryOf(inputs, found, applied, ctx.dryRun),
		diff: unifiedDiff(files, applied.changes)
	};
}
function provenanceFor(inputs, ctx) {
	const { imageTag = "", digest = "", revision, repoUrl, orderKey } = inputs;
	const at = ctx.clock.now().toISOString();
	return {
		key: [
			"set",
			inputs.path,
			imageTag,
			digest,
			revision ?? "",
			orderKey ?? at
		].join(" "),
		at,
		...orderKey === void 0 ? {} : { order: orderKey },
		...repoUrl === void 0 ? {} : { sourceRepository: repoUrl },
		...revision === void 0 ? {} : { sourceCommit: revision },
		...runProvenance(ctx.run)
	};
}
function notesOf({ outcomes }) {
	return [...new Set(outcomes.flatMap(({ notes }) => notes))];
}
function outputsFor(inputs, found, { outcomes }) {
	const { image, imageTag, digest } = inputs;
	const newer = outcomes.find((each) => each.outcome === "superseded");
	return {
		files: found.files,
		places: found.places.map(placeText),
		image,
		imageTag,
		digest,
		superseded: newer !== void 0,
		supersededBy: newer === void 0 ? void 0 : describeEntry(newer.by)
	};
}
function placeText({ file, document, at, layout }) {
	return `${file}${document === 0 ? "" : `, document ${document + 1}`}: ${at} (${layout})`;
}
function summaryOf({ image, imageTag, digest }, found, applied, dryRun) {
	const version = [imageTag, digest].filter(Boolean).join(" ");
	const newer = applied.outcomes.find((each) => each.outcome === "superseded");
	if (newer !== void 0) return `${image} ${version} is superseded by ${describeEntry(newer.by)}`;
	return `${image} ${applied.changes.size === 0 ? "is at" : dryRun ? "would be set to" : "is set to"} ${version} in ${found.files.join(", ")}`;
}
export { run };
