import { D as describeEntry } from "./chunk-edits.mjs";
import { Ft as RetryableError, It as StepError, Pt as InputError, _ as formatReference, st as silentLog, y as parseRepository } from "./chunk-base.mjs";
import { n as runProvenance, t as authorFor } from "./chunk-provenance.mjs";
import { t as imageVersion } from "./chunk-image-version.mjs";
import { t as gitopsPlace } from "./chunk-gitops-place.mjs";
import { n as readOverlay, t as imageEntry } from "./chunk-overlay-state.mjs";
import { n as mergeWhenReady, t as ensureChangeRequest } from "./chunk-change-request.mjs";
import { t as landProposal } from "./chunk-land-proposal.mjs";
// tools/steps/src/promote/promotion.ts
function promotionEdit(promotion, inputs, ctx) {
	const { candidate, fromEnv, toEnv } = promotion;
	const { sourceRepository, sourceCommit } = candidate.record ?? {};
	const order = inputs.requestedAt ?? ctx.clock.now().toISOString();
	return {
		kind: "kustomize-set-image",
		version: 1,
		folder: ctx.conventions.overlayOf(toEnv, {
			project: inputs.projectName,
			app: inputs.appName
		}),
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
		["Source", candidate.record?.sourceRepository],
		["Commit", candidate.record?.sourceCommit],
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
async function landPromotion(promotion, at, inputs, ctx) {
	const landed = await ctx.git.of(promotion.gitopsRepoUrl).land({
		url: promotion.gitopsRepoUrl,
		...at,
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
function foreseePromotion(promotion, inputs, ctx) {
	return landPromotion(promotion, { branch: promotion.targetBranch }, inputs, {
		...ctx,
		log: silentLog,
		dryRun: true
	});
}
// tools/steps/src/promote/candidate.ts
async function readCandidate(entry, record, environment, registry) {
	requireOwnImage(entry, environment);
	const { name: image, newTag: tag } = entry;
	const repository = entry.newName ?? image;
	const recorded = record?.tag === tag ? record?.digest : void 0;
	const known = entry.digest ?? recorded;
	const place = parseRepository(repository);
	const wanted = known === void 0 ? {
		...place,
		tag: tag ?? "latest"
	} : {
		...place,
		digest: known
	};
	const found = await registry.resolve(wanted);
	if (found !== void 0) return {
		image,
		repository,
		tag,
		digest: found.digest,
		record
	};
	throw new StepError(`The registry does not have ${formatReference(wanted)}, which ${environment.name} asks for`, { hint: "It was deleted, or never pushed. Build it again, and let it be deployed before it is promoted." });
}
function requireOwnImage({ name, newName, newTag }, environment) {
	if (newName === void 0 || newName === name) return;
	if (!name.includes("/") && newName !== environment.placeholder) return;
	const what = newName === environment.placeholder ? "the placeholder" : "another image in its place:";
	throw new StepError(`${environment.name} still runs ${what} ${newName}:${newTag ?? "latest"}`, { hint: `Deploy ${name} to ${environment.name} first; only what was deployed there is promoted.` });
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
function isCandidate(image, { repository, tag, digest }) {
	const named = tag === void 0 ? [] : [`${repository}:${tag}`, `${repository}:${tag}@${digest}`];
	return [`${repository}@${digest}`, ...named].includes(image);
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
	if (inputs.scope === "all") requireTwoBranches(sourceBranch, targetBranch, inputs);
	const folder = conventions.overlayOf(fromEnv, name);
	const source = await readOverlay(ctx.git.of(gitopsRepoUrl), gitopsRepoUrl, sourceBranch, folder);
	const entry = imageEntry(source, conventions.imageOf(name), folder);
	const environment = {
		name: fromEnv,
		placeholder: conventions.config.default_image_name
	};
	const candidate = await readCandidate(entry, source.record[entry.name], environment, ctx.registry);
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
function requireTwoBranches(source, target, { mode }) {
	const bad = [...mode === "direct" ? [{
		field: "mode",
		expected: "expected pull-request or auto-merge with the scope all"
	}] : [], ...source === target ? [{
		field: "scope",
		expected: `expected image, as both environments are on ${source}`
	}] : []];
	if (bad.length > 0) throw new InputError("Everything between the two branches cannot be promoted like this", bad);
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
	const { promotionBranch: source, targetBranch: target, gitopsRepoUrl } = promotion;
	const isOurs = (message) => /^Luban-Promoted-From: /m.test(message);
	const branch = {
		url: gitopsRepoUrl,
		source,
		target,
		isOurs,
		maker: "promotion"
	};
	const land = (at) => landPromotion(promotion, at, inputs, ctx);
	const landed = await (inputs.scope === "image" ? landProposal(branch, ctx.git.of(gitopsRepoUrl), handle, land) : land({ branch: source }));
	if (landed.outcome === "superseded") return {
		landed,
		changed: false,
		state: "superseded"
	};
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
		request: {
			url,
			number
		},
		state: "open"
	};
	const merge = await mergeWhenReady(handle, {
		...opened.value,
		head: landed.commit
	});
	return {
		landed,
		changed: changed || merge.changed,
		request: {
			url,
			number
		},
		state: merge.state
	};
}
// tools/steps/src/promote/run.ts
async function run(inputs, ctx) {
	const promotion = await planPromotion(inputs, ctx);
	const foreseen = await foreseePromotion(promotion, inputs, ctx);
	if (foreseen.outcome === "superseded") return withoutRequest(promotion, foreseen, "superseded");
	if (foreseen.outcome === "already there" && (inputs.scope === "image" || await hasSameFiles(promotion, ctx))) return nothingToDo(promotion);
	if (ctx.dryRun) return withoutRequest(promotion, foreseen, "dry-run");
	if (inputs.mode === "direct") {
		const landed = await landPromotion(promotion, { branch: promotion.targetBranch }, inputs, ctx);
		return withoutRequest(promotion, landed, landed.outcome === "superseded" ? "superseded" : "landed");
	}
	const { landed, changed, request, state } = await proposePromotion(promotion, inputs, ctx);
	if (request === void 0) return withoutRequest(promotion, landed, "superseded");
	return {
		changed,
		outputs: {
			...outputsOf(promotion),
			commit: landed.commit,
			...request,
			state
		},
		summary: `${describe(promotion)} goes to ${promotion.toEnv} by ${request.url} (${state})`,
		..."diff" in landed ? { diff: landed.diff } : {}
	};
}
async function hasSameFiles({ gitopsRepoUrl: url, sourceBranch, targetBranch }, ctx) {
	const git = ctx.git.of(url);
	const [source, target] = await Promise.all([git.readCommit(url, `refs/heads/${sourceBranch}`), git.readCommit(url, `refs/heads/${targetBranch}`)]);
	return source.tree === target.tree;
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
