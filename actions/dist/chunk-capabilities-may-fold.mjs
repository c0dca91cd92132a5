import { Lt as messageOf, Pt as InputError } from "./chunk-base.mjs";
import { t as openForge } from "./chunk-open-forge.mjs";
// tools/steps/src/capabilities/may-fold.ts
async function isOpenBranch({ url, branch }, given, ctx) {
	const handle = await knownForge(url, given, ctx);
	if (handle === void 0) return true;
	try {
		return (await handle.forge.getBranch(handle.name, branch))?.protected === false;
	} catch (error) {
		ctx.signal.throwIfAborted();
		ctx.log.info(`whether ${branch} is protected is not known, so edits are landed one by one: ${messageOf(error)}`);
		return false;
	}
}
async function knownForge(url, given, ctx) {
	try {
		return await openForge(url, given, ctx);
	} catch (error) {
		if (error instanceof InputError) return void 0;
		throw error;
	}
}
export { isOpenBranch };
