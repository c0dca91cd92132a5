import { Pt as InputError } from "./chunk-base.mjs";
import { C as readImages, S as kustomizationPaths, _ as recordName, b as kustomizationIn, g as parseRecord, j as textOf } from "./chunk-edits.mjs";
// tools/steps/src/overlay-state.ts
async function readOverlay(git, url, branch, folder) {
	const recordPath = `${folder}/${recordName}`;
	const { commit, files } = await git.readFiles(url, `refs/heads/${branch}`, [...kustomizationPaths(folder), recordPath]);
	const path = kustomizationIn(files, folder);
	return {
		commit,
		images: readImages(textAt(files, path) ?? "", path),
		record: parseRecord(textAt(files, recordPath), recordPath).images
	};
}
function imageEntry(state, image, folder) {
	const [only, ...others] = state.images;
	const named = state.images.find(({ name }) => name === image) ?? (others.length === 0 ? only : void 0);
	if (named !== void 0) return named;
	const listed = state.images.map(({ name }) => name).join(", ") || "none";
	throw new InputError(`${folder} does not list the image ${image}; it lists ${listed}`, [{
		field: "appName",
		expected: "expected an application whose image the overlay lists"
	}]);
}
function textAt(files, path) {
	const file = files.get(path);
	return file === void 0 ? void 0 : textOf(file, path);
}
export { readOverlay as n, imageEntry as t };
