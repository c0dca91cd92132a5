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
	const account = requestedBy.replaceAll(/[^\w.+-]+/g, "-");
	const isAddress = /^[^@\s]+@[^@\s]+$/.test(requestedBy);
	return { author: {
		name: isAddress ? requestedBy.replace(/@.*/, "") : requestedBy,
		email: isAddress ? requestedBy : `${account}@users.noreply.luban-ci.io`
	} };
}
export { runProvenance as n, authorFor as t };
