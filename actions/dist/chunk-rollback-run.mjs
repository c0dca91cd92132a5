import { It as StepError } from "./chunk-base.mjs";
import { D as describeEntry, _ as recordName, g as parseRecord } from "./chunk-edits.mjs";
import { t as imageVersion } from "./chunk-image-version.mjs";
import { t as namingInputs } from "./chunk-naming-inputs.mjs";
import { n as readOverlay, t as imageEntry } from "./chunk-overlay-state.mjs";
import { n as runProvenance, t as authorFor } from "./chunk-provenance.mjs";
// tools/steps/src/rollback/recorded-versions.ts
const versionsLookedAt = 50;
async function recordedVersions(git, where) {
	const path = `${where.folder}/${recordName}`;
	const { versions } = await git.history({
		url: where.url,
		branch: where.branch,
		path,
		limit: versionsLookedAt
	});
	const entries = versions.flatMap(({ text }) => {
		const entry = parseRecord(text, path).images[where.image];
		return entry === void 0 ? [] : [entry];
	});
	const seen = new Set();
	return entries.filter((entry) => {
		const version = `${entry.tag} ${entry.digest}`;
		const isNew = !seen.has(version);
		seen.add(version);
		return isNew;
	});
}
// tools/steps/src/rollback/run.ts
async function run(inputs, ctx) {
	const { conventions } = ctx;
	const { gitopsRepoUrl: url, deployEnv, appName } = inputs;
	const git = ctx.git.of(url);
	const name = {
		project: inputs.projectName,
		app: appName
	};
	const folder = conventions.overlayOf(deployEnv, name);
	const branch = inputs.gitopsBranch ?? conventions.branchOf(deployEnv);
	const overlay = await namingInputs({ ref: "gitopsBranch" }, () => readOverlay(git, url, branch, folder));
	const image = imageEntry(overlay, conventions.imageOf(name), folder).name;
	const order = inputs.requestedAt ?? ctx.clock.now().toISOString();
	const key = [
		"rollback",
		deployEnv,
		inputs.to,
		order
	].join(" ");
	const versions = await recordedVersions(git, {
		url,
		branch,
		folder,
		image
	});
	const wanted = wantedVersion(versions, inputs.to, key);
	if (wanted === void 0) throw nothingToRestore(inputs.to, folder, versions.slice(1).map(describeEntry));
	const landed = await git.land({
		url,
		branch,
		edits: [editFor(wanted, {
			folder,
			image,
			key,
			order
		}, ctx)],
		message: `Roll ${appName} back to ${wanted.tag ?? wanted.digest} in ${deployEnv}`,
		deadlineSeconds: inputs.deadlineSeconds,
		dryRun: ctx.dryRun,
		...authorFor(ctx.run)
	});
	for (const note of landed.notes) ctx.log.info(note);
	if (landed.outcome === "superseded") throw overtaken(landed.by, order, deployEnv);
	const verb = {
		landed: "is",
		"would land": "would be",
		"already there": "was already"
	}[landed.outcome];
	return {
		changed: landed.changed,
		outputs: {
			image,
			imageTag: wanted.tag,
			digest: wanted.digest,
			commit: landed.commit,
			gitopsBranch: branch
		},
		summary: `${deployEnv} ${verb} back at ${describeEntry(wanted)}`,
		..."diff" in landed ? { diff: landed.diff } : {}
	};
}
function wantedVersion(versions, to, key) {
	const [current, ...earlier] = versions;
	if (current?.key === key) return current;
	if (to !== "previous") return versions.find((entry) => isMeant(entry, to));
	return earlier.find((entry) => !isSameImage(entry, current));
}
function isSameImage(left, right) {
	if (left.digest !== void 0 && right?.digest !== void 0) return left.digest === right.digest;
	return left.tag === right?.tag;
}
function editFor(wanted, { folder, image, key, order }, ctx) {
	const { sourceRepository, sourceCommit, promotedFrom } = wanted;
	return {
		kind: "kustomize-set-image",
		version: 1,
		folder,
		image,
		to: imageVersion({
			imageTag: wanted.tag,
			digest: wanted.digest
		}),
		pin: "as-listed",
		record: ctx.conventions.config.record === "none" ? "none" : "write",
		provenance: {
			key,
			at: ctx.clock.now().toISOString(),
			order,
			...sourceRepository === void 0 ? {} : { sourceRepository },
			...sourceCommit === void 0 ? {} : { sourceCommit },
			...promotedFrom === void 0 ? {} : { promotedFrom },
			...runProvenance(ctx.run)
		}
	};
}
function isMeant(entry, to) {
	return entry.tag === to || entry.digest === to || to.length >= 7 && entry.sourceCommit?.startsWith(to) === true;
}
function nothingToRestore(to, folder, earlier) {
	const known = earlier.length === 0 ? "Nothing else was recorded there." : `Recorded there: ${earlier.slice(0, 5).join("; ")}.`;
	return new StepError(`${folder} has no ${to === "previous" ? "earlier image" : `record of ${to}`} to go back to`, { hint: known });
}
function overtaken(by, order, deployEnv) {
	return new StepError(`${describeEntry(by)} came to ${deployEnv} after this rollback was asked for, ${order}`, { hint: "If it shall still go back, ask for the rollback again." });
}
export { run };
