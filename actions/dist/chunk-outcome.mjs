// tools/steps/src/set-up/outcome.ts
const changes = [
	"created",
	"updated",
	"removed"
];
function setUpResult(subject, outcomes, dryRun, outputs) {
	const changed = outcomes.filter(({ outcome }) => changes.includes(outcome));
	const left = outcomes.filter(({ outcome }) => outcome === "foreign");
	return {
		changed: changed.length > 0 && !dryRun,
		outputs: {
			...outputs,
			changedObjects: changed.map(toldOf),
			leftObjects: left.map(({ name }) => name)
		},
		summary: `${subject} ${sentence(changed, left, dryRun)}`,
		diff: outcomes.map(({ diff }) => diff).join("")
	};
}
function awaitingMerge(result, url) {
	return url === void 0 ? result : {
		...result,
		summary: `${result.summary}; ${url} is to be merged`
	};
}
function toldOf({ outcome, name }) {
	return `${outcome} ${name}`;
}
function sentence(changed, left, dryRun) {
	const kept = left.length === 0 ? "" : `; ${left.length} that somebody else made ${left.length === 1 ? "stays" : "stay"}`;
	if (changed.length === 0) return `is as it should be${kept}`;
	const counts = changes.flatMap((each) => {
		const count = changed.filter(({ outcome }) => outcome === each).length;
		return count === 0 ? [] : [`${count} ${each}`];
	});
	return `${dryRun ? "would have" : "has"} ${counts.join(", ")}${kept}`;
}
export { setUpResult as n, awaitingMerge as t };
