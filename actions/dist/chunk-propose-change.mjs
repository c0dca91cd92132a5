import { It as StepError, Lt as messageOf } from "./chunk-base.mjs";
import { n as mergeWhenReady, t as ensureChangeRequest } from "./chunk-change-request.mjs";
import { t as landProposal } from "./chunk-land-proposal.mjs";
import { n as isSetUpMessage } from "./chunk-repository-set-up.mjs";
// tools/steps/src/set-up/propose-change.ts
async function proposeChange(setUp, request, { source, body, maker, mode }) {
	const { branch: target } = request;
	const branch = {
		url: setUp.url,
		source,
		target,
		maker,
		isOurs: (text) => isSetUpMessage(text, setUp.mark)
	};
	const landed = await landProposal(branch, setUp.git, setUp, (at) => setUp.git.land({
		...request,
		...at
	}));
	const [title = ""] = request.message.split("\n");
	const opened = await ensureChangeRequest(setUp, {
		source,
		target,
		title,
		body
	});
	const changed = landed.changed || opened.changed;
	const { url } = opened.value;
	if (mode === "pull-request") return {
		changed,
		waitsFor: url
	};
	const merge = await tryToMerge(setUp, {
		...opened.value,
		head: landed.commit
	});
	if (merge?.state !== "merged") return {
		changed: changed || merge?.changed === true,
		waitsFor: url
	};
	await setUp.forge.deleteBranch(setUp.name, source);
	return { changed: true };
}
async function tryToMerge(setUp, request) {
	try {
		return await mergeWhenReady(setUp, request);
	} catch (error) {
		if (!(error instanceof StepError)) throw error;
		setUp.log.warn(`${request.url} waits to be merged: ${messageOf(error)}`);
		return;
	}
}
async function removeMergedBranch({ forge, name, dryRun }, { source, target }) {
	if (dryRun || await forge.getBranch(name, source) === void 0) return;
	if (await forge.findChangeRequest(name, {
		source,
		target
	}) === void 0) await forge.deleteBranch(name, source);
}
export { removeMergedBranch as n, tryToMerge as r, proposeChange as t };
