import { Pt as InputError } from "./chunk-base.mjs";
// tools/forge/src/change-request-text.ts
function fitting(text, limit) {
	const end = "\n…";
	return text.body.length <= limit ? text : {
		...text,
		body: `${text.body.slice(0, limit - 2)}${end}`
	};
}
// tools/forge/src/expected-head.ts
async function commitAtHead({ expectedHead }, readBranch, attempt) {
	const before = await readBranch();
	if (before?.commit !== expectedHead) return {
		outcome: "moved",
		head: before?.commit
	};
	const outcome = await attempt();
	if ("commit" in outcome) return {
		outcome: "committed",
		commit: outcome.commit
	};
	const after = await readBranch();
	if (after?.commit === expectedHead) throw outcome.refused;
	return {
		outcome: "moved",
		head: after?.commit
	};
}
function base64Of(content) {
	return Buffer.from(content).toString("base64");
}
// tools/forge/src/marked-comment.ts
function markedText({ marker, body }) {
	return `${body.trim()}\n\n${markOf(marker)}`;
}
function findMarked(comments, marker, textOf) {
	const mark = markOf(marker);
	return comments.find((each) => textOf(each).includes(mark));
}
function isSameText(left, right) {
	return left.replaceAll("\r\n", "\n").trim() === right.replaceAll("\r\n", "\n").trim();
}
function markOf(marker) {
	if (!/^[A-Za-z0-9][A-Za-z0-9._/ -]{0,99}$/.test(marker) || marker.includes("--")) throw new InputError(`${JSON.stringify(marker.slice(0, 60))} cannot mark a comment`, [], { hint: "Use letters, digits, dots, slashes and single hyphens." });
	return `<!-- luban:${marker} -->`;
}
// tools/forge/src/same.ts
function sameRules(a, b) {
	return a.requiredApprovals === b.requiredApprovals && sameSet(a.requiredStatusChecks, b.requiredStatusChecks);
}
function hookDiffers(present, events) {
	return !present.active || !sameSet(present.events ?? [], events);
}
function missingLabels(present, wanted) {
	const known = new Set(present.map((each) => each.toLowerCase()));
	return [...new Set(wanted)].filter((each) => !known.has(each.toLowerCase()));
}
function sortedLabels(labels) {
	return labels.toSorted((a, b) => a < b ? -1 : 1);
}
function sameSet(a, b) {
	return new Set(a).size === new Set(b).size && a.every((each) => b.includes(each));
}
export { findMarked as a, base64Of as c, sortedLabels as i, commitAtHead as l, missingLabels as n, isSameText as o, sameRules as r, markedText as s, hookDiffers as t, fitting as u };
