// tools/steps/src/change-request.ts
async function ensureChangeRequest({ forge, name }, request) {
	const found = await forge.findChangeRequest(name, request);
	if (found === void 0) return forge.openChangeRequest(name, request);
	return forge.updateChangeRequest(name, found.number, {
		title: request.title,
		body: request.body || found.body
	});
}
async function mergeWhenReady({ forge, name }, request) {
	const { outcome, changed } = await forge.mergeChangeRequest(name, request.number, {
		expectedHead: request.head,
		method: "merge",
		auto: forge.features.autoMerge
	});
	return {
		state: outcome,
		changed
	};
}
export { mergeWhenReady as n, ensureChangeRequest as t };
