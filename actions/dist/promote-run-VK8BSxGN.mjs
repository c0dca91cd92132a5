import { u as describeEntry } from "./edits-vDQZ-bVp.mjs";
import { n as readOverlay, t as imageEntry } from "./overlay-state-CbmqyD_p.mjs";
import { n as runProvenance, t as authorFor } from "./provenance-bDx12I75.mjs";
import { ft as InputError, g as parseRepository, m as formatReference, mt as StepError, pt as RetryableError } from "./base-CJ1oTG9l.mjs";
import { t as imageVersion } from "./image-version-DNcLoENE.mjs";
import { t as gitopsPlace } from "./gitops-place-ycZV-8gB.mjs";
import { n as mergeWhenReady, t as ensureChangeRequest } from "./change-request-BooKQFdO.mjs";
// tools/steps/src/promote/promotion.ts
function promotionEdit(promotion, inputs, ctx) {
	const { candidate, fromEnv, toEnv } = promotion;
	const { sourceRepository, sourceCommit } = candidate.record ?? {};
	const order = inputs.requestedAt ?? ctx.clock.now().toISOString();
	return {
		kind: "kustomize-set-image",
		version: 1,
		folder: ctx.conventions.overlayOf(toEnv),
		image: candidate.image,
		to: imageVersion({
			imageTag: candidate.tag,
			digest: candidate.digest
		}),
		pin: "always",
		record: ctx.conventions.config.record === "none" ? "none" : "write",
		provenance: {
			key: [
				"promote",
				fromEnv,
				toEnv,
				candidate.digest,
				order
			].join(" "),
			at: ctx.clock.now().toISOString(),
			order,
			promotedFrom: fromEnv,
			...sourceRepository === void 0 ? {} : { sourceRepository },
			...sourceCommit === void 0 ? {} : { sourceCommit },
			...runProvenance(ctx.run)
		}
	};
}
function titleOf({ appName, candidate, toEnv }) {
	return `Promote ${appName} ${candidate.tag ?? candidate.digest.slice(0, 19)} to ${toEnv}`;
}
function bodyOf({ candidate, fromEnv, toEnv, healthChecked }, run) {
	const { path } = parseRepository(candidate.image);
	const rows = [
		["Image", `\`${candidate.image}\``],
		["Tag", candidate.tag === void 0 ? void 0 : `\`${candidate.tag}\``],
		["Digest", `\`${candidate.digest}\``],
		["Source", candidate.record?.sourceCommit === void 0 ? void 0 : `${candidate.record.sourceRepository} at \`${candidate.record.sourceCommit}\``],
		["Requested by", run.requestedBy],
		["Run", run.url]
	].filter(([, value]) => value !== void 0);
	const health = healthChecked ? `Argo CD reports that ${fromEnv} runs this image, synced and healthy.` : `Argo CD was not asked whether ${fromEnv} is healthy.`;
	return `${path} goes from ${fromEnv} to ${toEnv}: the image, and nothing else.\n\n| | |\n|---|---|\n${rows.map(([name, value]) => `| ${name} | ${cell(value ?? "")} |`).join("\n")}\n\n${health}\n`;
}
function cell(text) {
	return text.replaceAll(/[\r\n]+/g, " ").replaceAll("|", "\\|");
}
// tools/steps/src/promote/land-promotion.ts
async function landPromotion(promotion, branch, inputs, ctx) {
	const landed = await ctx.git.of(promotion.gitopsRepoUrl).land({
		url: promotion.gitopsRepoUrl,
		branch,
		createFrom: promotion.targetBranch,
		edits: [promotionEdit(promotion, inputs, ctx)],
		message: titleOf(promotion),
		deadlineSeconds: inputs.deadlineSeconds,
		dryRun: ctx.dryRun,
		...authorFor(ctx.run)
	});
	for (const note of landed.notes) ctx.log.info(note);
	return landed;
}
// tools/steps/src/promote/candidate.ts
async function readCandidate(entry, record, environment, registry) {
	if (record === void 0 && entry.newName !== void 0) throw new StepError(`${environment} still runs the placeholder ${entry.newName}:${entry.newTag ?? "latest"}`, { hint: `Deploy ${entry.name} to ${environment} first; only what was deployed there is promoted.` });
	const { newTag: tag } = entry;
	const repository = parseRepository(entry.newName ?? entry.name);
	const recorded = record?.tag === tag ? record?.digest : void 0;
	const known = entry.digest ?? recorded;
	const wanted = known === void 0 ? {
		...repository,
		tag: tag ?? "latest"
	} : {
		...repository,
		digest: known
	};
	const found = await registry.resolve(wanted);
	if (found !== void 0) return {
		image: entry.name,
		tag,
		digest: found.digest,
		record
	};
	throw new StepError(`The registry does not have ${formatReference(wanted)}, which ${environment} asks for`, { hint: "It was deleted, or never pushed. Build it again, and let it be deployed before it is promoted." });
}
// tools/steps/src/promote/health.ts
async function requireHealthy(argocd, application, candidate, log) {
	if (argocd === void 0) {
		log.warn(`Argo CD was not asked whether ${application} runs this image and is healthy`);
		return false;
	}
	const state = await argocd.application(application);
	if (state === void 0) throw new StepError(`Argo CD has no application ${application}, or the account may not see it`);
	const runs = `${application} is ${state.sync} and ${state.health}`;
	if (state.sync !== "Synced" || state.health === "Progressing") throw new RetryableError(`${runs}; only what is Synced and Healthy is promoted`);
	if (state.health !== "Healthy") throw new StepError(`${runs}; only what is Healthy is promoted`);
	if (!state.images.some((image) => isCandidate(image, candidate))) throw new RetryableError(`${application} does not run ${candidate.tag ?? candidate.digest} yet; it runs ${state.images.join(", ") || "nothing"}`);
	return true;
}
function isCandidate(image, { tag, digest }) {
	return image.endsWith(`@${digest}`) || tag !== void 0 && image.endsWith(`:${tag}`);
}
// tools/steps/src/promote/plan.ts
async function planPromotion(inputs, ctx) {
	const { conventions } = ctx;
	const name = {
		project: inputs.projectName,
		app: inputs.appName
	};
	const { fromEnv, toEnv } = environmentsOf(inputs, ctx);
	const gitopsRepoUrl = gitopsPlace(name, inputs, conventions);
	const sourceBranch = conventions.branchOf(fromEnv);
	const targetBranch = conventions.branchOf(toEnv);
	const folder = conventions.overlayOf(fromEnv);
	const source = await readOverlay(ctx.git.of(gitopsRepoUrl), gitopsRepoUrl, sourceBranch, folder);
	const entry = imageEntry(source, conventions.imageOf(name), folder);
	const candidate = await readCandidate(entry, source.record[entry.name], fromEnv, ctx.registry);
	ctx.log.info(`${fromEnv} runs ${candidate.image}:${candidate.tag ?? ""}@${candidate.digest}`);
	const application = conventions.argocdApplicationOf(fromEnv, name);
	const healthChecked = await requireHealthy(ctx.argocd.client, application, candidate, ctx.log);
	const promotionBranch = inputs.scope === "all" ? sourceBranch : `luban/promote-${inputs.appName}-${toEnv}`;
	return {
		appName: inputs.appName,
		gitopsRepoUrl,
		fromEnv,
		toEnv,
		sourceBranch,
		targetBranch,
		promotionBranch,
		candidate,
		healthChecked
	};
}
function environmentsOf(inputs, { conventions }) {
	const fromEnv = inputs.fromEnv ?? conventions.firstEnvironment();
	const toEnv = inputs.toEnv ?? conventions.environmentAfter(fromEnv);
	if (toEnv !== void 0 && toEnv !== fromEnv) return {
		fromEnv,
		toEnv
	};
	throw new InputError(`There is no environment to promote ${fromEnv} to`, [{
		field: "toEnv",
		expected: `expected another one of ${conventions.config.environments.join(", ")}`
	}]);
}
// tools/steps/src/promote/propose.ts
async function proposePromotion(promotion, inputs, ctx) {
	const handle = await ctx.forge.of(promotion.gitopsRepoUrl);
	const { promotionBranch: source, targetBranch: target } = promotion;
	if (inputs.scope === "image") await cutAfresh(handle, source, target);
	const landed = await landPromotion(promotion, source, inputs, ctx);
	const opened = await ensureChangeRequest(handle, {
		source,
		target,
		title: titleOf(promotion),
		body: bodyOf(promotion, ctx.run)
	});
	const { url, number } = opened.value;
	const changed = landed.changed || opened.changed;
	if (inputs.mode !== "auto-merge") return {
		landed,
		changed,
		url,
		number,
		state: "open"
	};
	const { state } = await mergeWhenReady(handle, opened.value);
	return {
		landed,
		changed: true,
		url,
		number,
		state
	};
}
async function cutAfresh({ forge, name }, source, target) {
	if (!(await forge.findChangeRequest(name, {
		source,
		target
	}) !== void 0)) await forge.deleteBranch(name, source);
}
// tools/steps/src/promote/run.ts
async function run(inputs, ctx) {
	const promotion = await planPromotion(inputs, ctx);
	if (inputs.scope === "image" && await isThere(promotion, ctx)) return nothingToDo(promotion);
	if (ctx.dryRun) return withoutRequest(promotion, await landPromotion(promotion, promotion.targetBranch, inputs, ctx), "dry-run");
	if (inputs.mode === "direct") {
		const landed = await landPromotion(promotion, promotion.targetBranch, inputs, ctx);
		return withoutRequest(promotion, landed, landed.outcome === "superseded" ? "superseded" : "landed");
	}
	const { landed, changed, url, number, state } = await proposePromotion(promotion, inputs, ctx);
	return {
		changed,
		outputs: {
			...outputsOf(promotion),
			commit: landed.commit,
			url,
			number,
			state
		},
		summary: `${describe(promotion)} goes to ${promotion.toEnv} by ${url} (${state})`,
		..."diff" in landed ? { diff: landed.diff } : {}
	};
}
async function isThere({ gitopsRepoUrl, targetBranch, toEnv, candidate }, ctx) {
	const entry = (await readOverlay(ctx.git.of(gitopsRepoUrl), gitopsRepoUrl, targetBranch, ctx.conventions.overlayOf(toEnv))).images.find(({ name }) => name === candidate.image);
	return entry?.digest === candidate.digest && entry.newTag === candidate.tag && entry.newName === void 0;
}
function nothingToDo(promotion) {
	return {
		changed: false,
		outputs: {
			...outputsOf(promotion),
			state: "nothing-to-do"
		},
		summary: `${promotion.toEnv} has ${describe(promotion)} already`
	};
}
function withoutRequest(promotion, landed, state) {
	const verb = {
		landed: "landed in",
		superseded: "was superseded in",
		"dry-run": "would go to"
	}[state];
	const by = landed.outcome === "superseded" ? ` by ${describeEntry(landed.by)}` : "";
	return {
		changed: landed.changed,
		outputs: {
			...outputsOf(promotion),
			commit: landed.commit,
			state
		},
		summary: `${describe(promotion)} ${verb} ${promotion.toEnv}${by}`,
		..."diff" in landed ? { diff: landed.diff } : {}
	};
}
function outputsOf({ candidate, gitopsRepoUrl, healthChecked }) {
	return {
		image: candidate.image,
		imageTag: candidate.tag,
		digest: candidate.digest,
		gitopsRepoUrl,
		healthChecked
	};
}
function describe({ appName, candidate }) {
	return `${appName} ${candidate.tag ?? ""}@${candidate.digest.slice(0, 19)}`;
}
export { run };
