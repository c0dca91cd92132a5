// tools/steps/src/provenance.ts
function runProvenance(run) {
	return {
		...run.url === void 0 ? {} : { run: run.url },
		...run.requestedBy === void 0 ? {} : { requestedBy: run.requestedBy }
	};
}
function authorFor(run) {
	const { requestedBy } = run;
	if (requestedBy === void 0) return {};
	const [name = requestedBy] = requestedBy.split("@");
	return { author: {
		name,
		email: requestedBy.includes("@") ? requestedBy : `${requestedBy}@users.noreply.luban-ci.io`
	} };
}
export { runProvenance as n, authorFor as t };
