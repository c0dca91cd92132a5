import { Pt as InputError } from "./chunk-base.mjs";
import { C as readImages, S as kustomizationPaths, _ as recordName, g as parseRecord } from "./chunk-edits.mjs";
import { c as shownValues, n as inFolder, s as shownText } from "./chunk-paths.mjs";
import { i as readEnvironments, n as isAbout } from "./chunk-deployments.mjs";
// tools/steps/src/history/event-line.ts
const longestKind = 11;
function eventLine(event) {
	const { tag, digest, replaced, sourceCommit, promotedFrom, requestedBy, author } = event;
	const version = event.event === "removed" ? event.image : shortened(tag ?? digest ?? "no version");
	return [
		event.at.slice(0, 16).replace("T", " "),
		event.event.padEnd(longestKind),
		replaced === void 0 ? version : `${version}, was ${shortened(replaced)}`,
		...sourceCommit === void 0 ? [] : [`of ${sourceCommit.slice(0, 7)}`],
		...promotedFrom === void 0 ? [] : [`from ${promotedFrom}`],
		`by ${requestedBy ?? author}`,
		`(${event.commit.slice(0, 7)})`
	].join("  ");
}
function shortened(text) {
	return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
// tools/steps/src/history/image-events.ts
function imageEvents({ versions, more }, folder) {
	const states = versions.flatMap((version) => stateOf(version, folder) ?? []);
	return states.flatMap((after, at) => {
		const before = states[at + 1];
		if (before === void 0 && more) return [];
		return namesOf(before, after).flatMap((name) => eventOf(name, before, after) ?? []);
	});
}
function stateOf(version, folder) {
	const recordPath = inFolder(folder, recordName);
	const path = kustomizationPaths(folder).find((each) => version.texts.has(each));
	try {
		const listed = path === void 0 ? [] : readImages(version.texts.get(path) ?? "", path);
		const record = parseRecord(version.texts.get(recordPath), recordPath).images;
		return {
			version,
			images: new Map(listed.map((each) => [each.name, each])),
			record
		};
	} catch {
		return;
	}
}
function namesOf(before, after) {
	const names = [
		...after.images.keys(),
		...before?.images.keys() ?? [],
		...Object.keys(after.record)
	];
	return [...new Set(names)].sort();
}
function eventOf(name, before, after) {
	const [was, is] = [before?.images.get(name), after.images.get(name)];
	const [entryBefore, entry] = [before?.record[name], after.record[name]];
	const isNewEntry = entry !== void 0 && entry.key !== entryBefore?.key;
	const isElsewhere = was === void 0 && is === void 0;
	const isRecorded = isNewEntry && (isElsewhere || is !== void 0 && isAbout(entry, is));
	if (JSON.stringify(was) === JSON.stringify(is) && !isRecorded) return void 0;
	const recorded = isRecorded ? entry : void 0;
	const known = recorded ?? fromTrailers(after.version);
	const { version } = after;
	return {
		event: is === void 0 && !isElsewhere ? "removed" : kindOf(known, was === void 0 && is?.newName !== void 0),
		commit: version.commit,
		at: version.date.toISOString(),
		author: shownText(`${version.author.name} <${version.author.email}>`),
		image: shownText(is?.newName ?? name),
		...shownValues({
			tag: is?.newTag ?? (isElsewhere ? recorded?.tag : void 0),
			digest: is?.digest ?? recorded?.digest,
			replaced: was?.newTag ?? was?.digest ?? (isElsewhere ? entryBefore?.tag ?? entryBefore?.digest : void 0),
			sourceRepository: known?.sourceRepository,
			sourceCommit: known?.sourceCommit,
			requestedBy: known?.requestedBy,
			run: known?.run,
			promotedFrom: known?.promotedFrom
		})
	};
}
function kindOf(known, isPlaceholder) {
	if (known?.key?.startsWith("rollback ")) return "rolled back";
	if (known !== void 0) return known.promotedFrom === void 0 ? "deployed" : "promoted";
	return isPlaceholder ? "set up" : "by hand";
}
function fromTrailers({ trailers }) {
	const said = new Map(trailers.map(([name, value]) => [name.toLowerCase(), value]));
	if (!said.has("luban-image")) return void 0;
	const fields = {
		sourceRepository: said.get("luban-source-repository"),
		sourceCommit: said.get("luban-source-commit"),
		requestedBy: said.get("luban-requested-by"),
		run: said.get("luban-run"),
		promotedFrom: said.get("luban-promoted-from"),
		key: said.get("luban-key")
	};
	return shownValues(fields);
}
// tools/steps/src/history/run.ts
const versionsPerEvent = 3;
async function run(inputs, ctx) {
	const { gitopsRepoUrl: url, image, limit } = inputs;
	const deployEnv = inputs.deployEnv ?? ctx.conventions.firstEnvironment();
	const branch = ctx.conventions.branchOf(deployEnv);
	const git = ctx.git.of(url);
	const { folder, application } = await wantedOverlay(git, inputs, {
		deployEnv,
		branch
	}, ctx.conventions);
	const paths = [...kustomizationPaths(folder), inFolder(folder, recordName)];
	const history = await git.historyOfFiles({
		url,
		branch,
		paths,
		limit: limit * versionsPerEvent + 1
	});
	const all = imageEvents(history, folder).filter((each) => image === void 0 || each.image === image);
	const events = all.slice(0, limit);
	for (const event of events) ctx.log.info(eventLine(event));
	const more = history.more || all.length > limit;
	return {
		changed: false,
		outputs: {
			application,
			deployEnv,
			gitopsBranch: branch,
			events: events.map((each) => ({ ...each })),
			more
		},
		summary: `${application} in ${deployEnv}: ${events.length} ${events.length === 1 ? "event" : "events"}${more ? ", and older ones" : ""}`
	};
}
async function wantedOverlay(git, { gitopsRepoUrl: url, appName: application }, { deployEnv, branch }, conventions) {
	const environments = [deployEnv];
	const named = await overlaysIn(git, url, {
		environments,
		application
	}, conventions);
	const usual = conventions.overlayOf(deployEnv, {
		project: "",
		app: application ?? ""
	});
	const conventional = named.find(({ folder }) => folder === usual);
	const [only, ...others] = named;
	const found = conventional ?? (others.length === 0 ? only : void 0);
	if (found !== void 0) return found;
	const known = (await overlaysIn(git, url, { environments }, conventions)).slice(0, 20).map((each) => each.application);
	const what = named.length > 1 ? "several applications" : "no such application";
	throw new InputError(`${url} has ${what} in ${deployEnv} on ${branch}`, [{
		field: "appName",
		expected: `expected one of ${known.join(", ") || "none; nothing is set up there"}`
	}]);
}
async function overlaysIn(git, url, wanted, conventions) {
	const [state] = await readEnvironments(git, url, wanted, conventions);
	return state?.overlays ?? [];
}
export { run };
