import { Lt as messageOf } from "./chunk-base.mjs";
import { C as readImages, _ as recordName, g as parseRecord, j as textOf, t as agrees, x as kustomizationNames } from "./chunk-edits.mjs";
import { a as overlayPlace, c as shownValues, n as inFolder, o as applicationOf, r as nameOf, s as shownText, t as folderOf } from "./chunk-paths.mjs";
// tools/steps/src/environments/carried-elsewhere.ts
const isCarrier = (path) => /\.(?:ya?ml|json|toml)$/.test(path) && !kustomizationNames.some((name) => name === nameOf(path));
function pathsBeside(overlays, paths) {
	const folders = new Set(overlays.filter((each) => unlisted(each).length > 0).map(({ folder }) => folder));
	return paths.filter((path) => isCarrier(path) && folders.has(folderOf(path)));
}
function carriedElsewhere(overlay, files) {
	const names = unlisted(overlay);
	if (names.length === 0) return [];
	const texts = [...files].filter(([path]) => isCarrier(path) && folderOf(path) === overlay.folder).map(([, { bytes }]) => Buffer.from(bytes).toString("utf8"));
	return names.filter((name) => texts.some((text) => saysVersion(text, overlay.record[name])));
}
function unlisted({ images, record }) {
	return Object.keys(record).filter((name) => images.every((each) => each.name !== name));
}
function saysVersion(text, entry) {
	return [entry?.tag, entry?.digest].some((version) => version !== void 0 && standsIn(text, version));
}
function standsIn(text, version) {
	for (let at = text.indexOf(version); at !== -1; at = text.indexOf(version, at + 1)) {
		const around = `${text[at - 1] ?? ""}${text[at + version.length] ?? ""}`;
		if (version !== "" && !/[\w.-]/.test(around)) return true;
	}
	return false;
}
// tools/steps/src/environments/read-environments.ts
const wantedNames = [...kustomizationNames, recordName];
async function readEnvironments(git, url, { environments, application }, conventions) {
	const only = applicationOf(url, conventions);
	const placeOf = (folder) => {
		const place = overlayPlace(folder, conventions.config.environments);
		return place === void 0 ? void 0 : {
			...place,
			application: place.application ?? only
		};
	};
	const isWanted = (path, here) => {
		const place = wantedNames.includes(nameOf(path)) ? placeOf(folderOf(path)) : void 0;
		if (place === void 0 || !here.includes(place.environment)) return false;
		return application === void 0 || place.application === application;
	};
	const read = [...new Set(environments.map(conventions.branchOf))].map(async (branch) => {
		const here = environments.filter((each) => conventions.branchOf(each) === branch);
		let overlays = [];
		const found = await git.findFiles(url, branch, {
			isWanted: (path) => isWanted(path, here),
			alsoWanted: (files, paths) => {
				overlays = overlaysOf(files, placeOf);
				return pathsBeside(overlays, paths);
			}
		});
		overlays = overlays.map((each) => ({
			...each,
			elsewhere: carriedElsewhere(each, found?.files ?? new Map())
		}));
		return here.map((environment) => {
			const own = overlays.filter((each) => each.environment === environment);
			return {
				environment,
				branch,
				commit: found?.commit,
				overlays: own
			};
		});
	});
	const states = new Map((await Promise.all(read)).flat().map((state) => [state.environment, state]));
	return environments.flatMap((environment) => states.get(environment) ?? []);
}
function overlaysOf(files, placeOf) {
	return [...new Set([...files.keys()].map(folderOf))].sort().flatMap((folder) => {
		const place = placeOf(folder);
		if (place === void 0) return [];
		const overlay = {
			...place,
			...contentOf(files, folder)
		};
		return overlay.images.length === 0 && Object.keys(overlay.record).length === 0 && overlay.problem === void 0 ? [] : [overlay];
	});
}
function contentOf(files, folder) {
	const paths = kustomizationNames.map((name) => inFolder(folder, name)).filter((each) => files.has(each));
	const [path] = paths;
	const recordPath = inFolder(folder, recordName);
	const unreadable = (problem) => ({
		folder,
		images: [],
		record: {},
		elsewhere: [],
		problem
	});
	if (paths.length > 1) return unreadable(`${folder} has more than one kustomization`);
	try {
		return {
			folder,
			images: path === void 0 ? [] : readImages(textAt(files, path) ?? "", path),
			record: parseRecord(textAt(files, recordPath), recordPath).images,
			elsewhere: []
		};
	} catch (error) {
		return unreadable(messageOf(error));
	}
}
function textAt(files, path) {
	const file = files.get(path);
	return file === void 0 ? void 0 : textOf(file, path);
}
// tools/steps/src/environments/deployments.ts
function deploymentsOf(overlay) {
	const { record } = overlay;
	const listed = overlay.images.map((each) => {
		const entry = record[each.name];
		const recorded = entry !== void 0 && isAbout(entry, each) ? entry : {};
		const version = {
			tag: each.newTag,
			digest: each.digest ?? recorded.digest
		};
		return deployment(overlay, each.newName ?? each.name, stateOf(each, entry), {
			...recorded,
			...version
		});
	});
	const elsewhere = overlay.elsewhere.map((name) => deployment(overlay, name, "deployed", record[name] ?? {}));
	return [...listed, ...elsewhere];
}
function deployment({ application, environment, folder }, image, state, known) {
	const { tag, digest, sourceRepository, sourceCommit, at: since, run, requestedBy, promotedFrom } = known;
	const facts = {
		tag,
		digest,
		sourceRepository,
		sourceCommit,
		since,
		run,
		requestedBy,
		promotedFrom
	};
	return {
		application,
		environment,
		folder,
		image: shownText(image),
		state,
		...shownValues(facts)
	};
}
function stateOf(listed, entry) {
	if (entry === void 0) return listed.newName === void 0 ? "unrecorded" : "placeholder";
	return isAbout(entry, listed) && !isReplaced(listed) ? "deployed" : "by hand";
}
function isAbout(entry, { newTag: tag, digest }) {
	return agrees(entry, {
		tag,
		digest
	});
}
function isReplaced({ name, newName }) {
	return newName !== void 0 && newName !== name && name.includes("/");
}
export { readEnvironments as i, isAbout as n, isReplaced as r, deploymentsOf as t };
