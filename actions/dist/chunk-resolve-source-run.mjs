import { n as resolvePush } from "./chunk-resolve-push.mjs";
// tools/steps/src/resolve-source/run.ts
async function run(inputs, ctx) {
	const orderKey = inputs.requestedAt ?? inputs.dispatchedAt ?? ctx.clock.now().toISOString();
	const push = await resolvePush({
		...inputs,
		orderKey,
		requestedBy: ctx.run.requestedBy
	}, ctx);
	return {
		changed: false,
		outputs: push,
		summary: push.skip ? `skipped: ${push.reason}` : push.reason
	};
}
export { run };
