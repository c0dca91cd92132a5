import { n as mergeWhenReady, t as ensureChangeRequest } from "./chunk-change-request.mjs";
// tools/steps/src/open-pull-request/run.ts
async function run(inputs, ctx) {
	const { repoUrl, sourceBranch: source, targetBranch: target, title, body } = inputs;
	const handle = await ctx.forge.of(repoUrl);
	if (ctx.dryRun) return wouldOpen(inputs, await handle.forge.findChangeRequest(handle.name, {
		source,
		target
	}));
	const opened = await ensureChangeRequest(handle, {
		source,
		target,
		title,
		body
	});
	const { value } = opened;
	const { url, number } = value;
	const changed = await ensureLabels(handle, number, inputs.pullRequestLabels) || opened.changed;
	if (inputs.merge === "no") return {
		changed,
		summary: `${url} is open`,
		outputs: {
			url,
			number,
			state: "open"
		}
	};
	const merge = await mergeWhenReady(handle, value);
	return {
		changed: changed || merge.changed,
		summary: `${url} is ${merge.state}`,
		outputs: {
			url,
			number,
			state: merge.state
		}
	};
}
async function ensureLabels({ forge, name }, number, labels) {
	return labels.length > 0 && (await forge.ensureLabels(name, number, labels)).changed;
}
function wouldOpen({ sourceBranch, targetBranch, title }, found) {
	const what = `a pull request from ${sourceBranch} to ${targetBranch}: ${title}`;
	return {
		changed: false,
		summary: found === void 0 ? `would open ${what}` : `would bring ${found.url} up to date: ${title}`,
		outputs: {
			url: found?.url ?? "",
			number: found?.number ?? 0,
			state: "open"
		}
	};
}
export { run };
