import { n as verifyRecord } from "./chunk-edits.mjs";
import { n as isAbout, r as isReplaced } from "./chunk-deployments.mjs";
import { s as shownText } from "./chunk-paths.mjs";
// tools/steps/src/environments/findings.ts
function findingsOf({ branch, overlays }, expected) {
	return overlays.flatMap((overlay) => {
		const { environment, folder, problem } = overlay;
		const place = {
			environment,
			branch,
			folder
		};
		if (problem !== void 0) return [{
			...place,
			kind: "unreadable",
			sentence: shownSentence(problem)
		}];
		if (!expected.keepsRecords && Object.keys(overlay.record).length === 0) return [];
		const promotions = expected.expectsPromotions ? unpromoted(overlay, expected.order) : [];
		return [...handEdits(overlay), ...promotions].map((each) => ({
			...place,
			...each
		}));
	});
}
function handEdits({ images, record: all, elsewhere }) {
	const record = Object.fromEntries(Object.entries(all).filter(([name]) => !elsewhere.includes(name)));
	const deployed = images.filter(({ name, newName }) => record[name] !== void 0 || newName === void 0);
	const differing = verifyRecord({ images: record }, deployed).map((each) => {
		if (each.finding === "not recorded") return [each.image, `at ${stateText(each.found)} was never recorded`];
		if (each.finding === "removed by hand") return [each.image, `was removed; ${stateText(each.recorded)} is recorded`];
		return [each.image, `is at ${stateText(each.found)}, and ${stateText(each.recorded)} is recorded`];
	});
	const replaced = images.filter((each) => record[each.name] !== void 0 && isReplaced(each)).map(({ name, newName = "" }) => [name, `is replaced by ${newName}, which was never recorded`]);
	return [...differing, ...replaced].map(([image = "", what = ""]) => ({
		image,
		kind: "by hand",
		sentence: shownSentence(`${image} ${what}`)
	}));
}
function unpromoted({ environment, images, record, elsewhere }, order) {
	const before = order[order.indexOf(environment) - 1];
	if (before === void 0) return [];
	return [...images.filter((each) => isRecordedAs(record, each)).map(({ name }) => name), ...elsewhere].flatMap((image) => {
		const entry = record[image];
		if (entry === void 0 || entry.promotedFrom !== void 0) return [];
		const by = entry.requestedBy === void 0 ? "" : `, asked for by ${entry.requestedBy}`;
		return [{
			image,
			kind: "without promotion",
			sentence: shownSentence(`${image} at ${stateText(entry)} came without a promotion from ${before}${by}`)
		}];
	});
}
function isRecordedAs(record, listed) {
	const entry = record[listed.name];
	return entry !== void 0 && isAbout(entry, listed);
}
function shownSentence(text) {
	return shownText(text, 1e3);
}
function stateText({ tag, digest }) {
	return [tag, digest].filter((part) => part !== void 0).join("@") || "no version";
}
export { findingsOf as t };
