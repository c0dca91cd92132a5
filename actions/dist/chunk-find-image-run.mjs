import { It as StepError, Lt as messageOf } from "./chunk-base.mjs";
import { a as findImage, o as mayNameImage } from "./chunk-edits.mjs";
import { t as knownEnvironments } from "./chunk-known-environments.mjs";
import { a as overlayPlace, i as layoutWords, o as applicationOf, s as shownText, t as folderOf } from "./chunk-paths.mjs";
import { resolve } from "node:path";
// tools/steps/src/find-image/image-table.ts
function imageTable(places) {
	const rows = places.map((each) => [
		each.environment ?? "–",
		shownText(each.application),
		shownText(each.tag ?? each.digest?.slice(0, 19) ?? "–"),
		shownText(placeText(each))
	]);
	const widths = [
		0,
		1,
		2
	].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
	return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
}
function placeText({ file, document, at, layout }) {
	return `${file}${document === 0 ? "" : `, document ${document + 1}`}: ${at} (${layout})`;
}
// tools/steps/src/find-image/images-of-branch.ts
function imagesOfBranch({ files, branch, environments, image, gitopsRepoUrl }, conventions) {
	const only = applicationOf(gitopsRepoUrl, conventions);
	const { places, notes } = findReadable(files, image);
	return {
		places: places.flatMap((each) => {
			const folder = folderOf(each.file);
			const place = overlayPlace(folder, conventions.config.environments);
			if (place === void 0) return [{
				...each,
				application: nameIn(folder) ?? only,
				branch
			}];
			if (!environments.includes(place.environment)) return [];
			return [{
				...each,
				environment: place.environment,
				application: place.application ?? only,
				branch
			}];
		}),
		notes: notes.map((note) => `${branch}: ${shownText(note)}`)
	};
}
function findReadable(files, image) {
	try {
		return findImage(files, image);
	} catch (error) {
		if (!(error instanceof StepError)) throw error;
		const problems = new Map([...files].flatMap(([path, file]) => problemOf(new Map([[path, file]]), image, path)));
		if (problems.size === 0) throw error;
		const found = findImage(new Map([...files].filter(([path]) => !problems.has(path))), image);
		return {
			...found,
			notes: [...found.notes, ...problems.values()]
		};
	}
}
function problemOf(alone, image, path) {
	try {
		findImage(alone, image);
		return [];
	} catch (error) {
		if (!(error instanceof StepError)) throw error;
		return [[path, `${path} names ${image} and cannot be read: ${messageOf(error)}`]];
	}
}
const sharedWords = [
	"base",
	"bases",
	"components",
	"charts",
	"templates",
	"values"
];
function nameIn(folder) {
	return folder.split("/").filter((part) => part !== "" && !layoutWords.includes(part)).findLast((part) => !sharedWords.includes(part));
}
// tools/steps/src/find-image/run.ts
async function run(inputs, ctx) {
	const environments = knownEnvironments(inputs.environments, ctx.conventions.config.environments);
	const branches = [...new Set(environments.map(ctx.conventions.branchOf))];
	const read = (await Promise.all(branches.map((branch) => readBranch(branch, inputs, ctx)))).flat();
	if (read.length === 0) throw withoutBranches(inputs.gitopsRepoUrl, branches);
	const found = read.map(({ branch, files }) => {
		const here = environments.filter((each) => ctx.conventions.branchOf(each) === branch);
		return imagesOfBranch({
			...inputs,
			files,
			branch,
			environments: here
		}, ctx.conventions);
	});
	const places = found.flatMap((each) => each.places);
	const notes = found.flatMap((each) => each.notes);
	for (const line of imageTable(places)) ctx.log.info(line);
	for (const note of notes) ctx.log.warn(note);
	return {
		changed: false,
		outputs: {
			places: places.map((each) => ({ ...each })),
			files: [...new Set(places.map(({ branch, file }) => `${branch}:${file}`))],
			notes,
			commits: read.map(({ branch, commit }) => ({
				branch,
				commit
			})),
			fetched: read.reduce((sum, { fetched }) => sum + fetched, 0)
		},
		summary: summaryOf(inputs.image, places)
	};
}
async function readBranch(branch, { gitopsRepoUrl: url, cacheFolder }, ctx) {
	const folder = cacheFolder === void 0 ? void 0 : resolve(ctx.workspace, cacheFolder);
	const request = {
		url,
		branch,
		choice: "files that may name an image",
		isWanted: mayNameImage,
		folder
	};
	const kept = await ctx.git.of(url).keptFiles(request);
	if (kept === void 0) ctx.log.warn(`${url} has no branch ${branch}`);
	return kept === void 0 ? [] : [{
		branch,
		...kept
	}];
}
function withoutBranches(url, branches) {
	return new StepError(`${url} has no branch ${branches.join(", ")}`, { hint: "Check the address, and which branch luban-config names for each environment." });
}
function summaryOf(image, places) {
	if (places.length === 0) return `nothing names ${image}`;
	const counted = (values, what) => {
		const count = new Set(values).size;
		return `${count} ${what}${count === 1 ? "" : "s"}`;
	};
	const applications = counted(places.map(({ application }) => application), "application");
	const versions = counted(places.flatMap(({ tag, digest }) => (tag ?? digest) === void 0 ? [] : [`${tag} ${digest}`]), "version");
	return `${image} is named ${places.length} times, by ${applications} in ${versions}`.replace("1 times", "once");
}
export { run };
