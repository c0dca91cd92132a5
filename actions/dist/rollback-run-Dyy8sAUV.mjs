import { mt as StepError } from "./base-CJ1oTG9l.mjs";
import { c as parseRecord, l as recordName, u as describeEntry } from "./edits-vDQZ-bVp.mjs";
import { t as imageVersion } from "./image-version-DNcLoENE.mjs";
import { n as readOverlay, t as imageEntry } from "./overlay-state-CbmqyD_p.mjs";
import { n as runProvenance, t as authorFor } from "./provenance-bDx12I75.mjs";
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
	const folder = conventions.overlayOf(deployEnv);
	const branch = inputs.gitopsBranch ?? conventions.branchOf(deployEnv);
	const image = imageEntry(await readOverlay(git, url, branch, folder), conventions.imageOf({
		project: inputs.projectName,
		app: appName
	}), folder).name;
	const [current, ...earlier] = await recordedVersions(git, {
		url,
		branch,
		folder,
		image
	});
	const wanted = earlier.find((entry) => inputs.to === "previous" || isMeant(entry, inputs.to));
	if (wanted === void 0) throw nothingToRestore(inputs.to, folder, earlier.map(describeEntry));
	const order = inputs.requestedAt ?? ctx.clock.now().toISOString();
	const landed = await git.land({
		url,
		branch,
		edits: [{
			kind: "kustomize-set-image",
			version: 1,
			folder,
			image,
			to: imageVersion({
				imageTag: wanted.tag,
				digest: wanted.digest
			}),
			pin: "as-listed",
			provenance: {
				key: [
					"rollback",
					deployEnv,
					wanted.tag ?? wanted.digest,
					order
				].join(" "),
				at: ctx.clock.now().toISOString(),
				order,
				...wanted.sourceRepository === void 0 ? {} : { sourceRepository: wanted.sourceRepository },
				...wanted.sourceCommit === void 0 ? {} : { sourceCommit: wanted.sourceCommit },
				...runProvenance(ctx.run)
			}
		}],
		message: `Roll ${appName} back to ${wanted.tag ?? wanted.digest} in ${deployEnv}`,
		deadlineSeconds: inputs.deadlineSeconds,
		dryRun: ctx.dryRun,
		...authorFor(ctx.run)
	});
	const replaced = current === void 0 ? "" : ` in place of ${describeEntry(current)}`;
	return {
		changed: landed.changed,
		outputs: {
			image,
			imageTag: wanted.tag,
			digest: wanted.digest,
			commit: landed.commit,
			gitopsBranch: branch
		},
		summary: `${deployEnv} ${landed.changed ? "is" : ctx.dryRun ? "would be" : "was already"} back at ${describeEntry(wanted)}${replaced}`,
		..."diff" in landed ? { diff: landed.diff } : {}
	};
}
function isMeant(entry, to) {
	return entry.tag === to || entry.digest === to || to.length >= 7 && entry.sourceCommit?.startsWith(to) === true;
}
function nothingToRestore(to, folder, earlier) {
	const known = earlier.length === 0 ? "Nothing else was recorded there." : `Recorded there: ${earlier.slice(0, 5).join("; ")}.`;
	return new StepError(`${folder} has no ${to === "previous" ? "earlier image" : `record of ${to}`} to go back to`, { hint: known });
}
export { run };
