import { It as StepError, Pt as InputError } from "./chunk-base.mjs";
import { i as readEnvironments, t as deploymentsOf } from "./chunk-deployments.mjs";
import { t as findingsOf } from "./chunk-findings.mjs";
import { C as readImages, S as kustomizationPaths } from "./chunk-edits.mjs";
import { s as shownText } from "./chunk-paths.mjs";
// tools/steps/src/environments/hand-edits.ts
const mostAsked = 10;
const mostVersions = 100;
async function whoEdited(git, url, findings) {
	const edits = new Map();
	const asked = findings.filter(({ kind }) => kind === "by hand").slice(0, mostAsked);
	for (const finding of asked) {
		const edit = await editOf(git, url, finding);
		if (edit !== void 0) edits.set(finding, edit);
	}
	return edits;
}
async function editOf(git, url, { branch, folder, image = "" }) {
	const paths = kustomizationPaths(folder);
	const { versions, more } = await git.historyOfFiles({
		url,
		branch,
		paths,
		limit: mostVersions
	});
	const [now, ...earlier] = versions.map((version) => ({
		version,
		entry: entryText(version, paths, image)
	}));
	if (now === void 0) return void 0;
	const other = earlier.findIndex(({ entry }) => entry !== now.entry);
	if (other === -1 && more) return void 0;
	const made = versions[other === -1 ? versions.length - 1 : other];
	return made === void 0 ? void 0 : handEdit(made);
}
function handEdit({ commit, author, date, subject }) {
	return {
		commit,
		author: shownText(`${author.name} <${author.email}>`),
		at: date.toISOString(),
		subject: shownText(subject)
	};
}
function entryText({ texts }, paths, image) {
	const path = paths.find((each) => texts.has(each));
	const listed = path === void 0 ? [] : imagesIn(texts.get(path) ?? "", path);
	return JSON.stringify(listed.filter(({ name }) => name === image));
}
function imagesIn(text, path) {
	try {
		return readImages(text, path);
	} catch {
		return [];
	}
}
// tools/steps/src/verify/run.ts
async function run(inputs, ctx) {
	const { gitopsRepoUrl: url } = inputs;
	const { config } = ctx.conventions;
	const wanted = inputs.environments.length > 0 ? inputs.environments : config.environments;
	const git = ctx.git.of(url);
	const states = await readEnvironments(git, url, { environments: wanted }, ctx.conventions);
	refuseAbsent(states, url);
	const expected = {
		order: config.environments,
		keepsRecords: config.record !== "none",
		expectsPromotions: inputs.expectPromotions
	};
	const found = states.flatMap((state) => findingsOf(state, expected));
	const editors = await whoEdited(git, url, found);
	const findings = found.map((each) => findingText(each, editors.get(each), states));
	for (const finding of findings) ctx.log.warn(finding);
	if (findings.length > 0 && inputs.failOnFindings) throw new StepError(`${url} is not as it was recorded: ${findings.join("; ")}`, { hint: "Deploy, promote or roll back instead of editing by hand, or accept it with a new deployment." });
	const summary = findings.length === 0 ? `${url} is as it was recorded` : `${findings.length} findings in ${url}`;
	const handEdits = [...editors].map(([{ environment, folder, image = "" }, edit]) => {
		return {
			environment,
			folder,
			image,
			...edit
		};
	});
	const environments = states.map(environmentOutput);
	return {
		changed: false,
		outputs: {
			sound: findings.length === 0,
			environments,
			findings,
			handEdits
		},
		summary
	};
}
function refuseAbsent(states, url) {
	for (const { environment, branch, commit, overlays } of states) {
		if (commit !== void 0 && overlays.length > 0) continue;
		const what = commit === void 0 ? `branch ${branch}` : `overlay of ${environment} on ${branch}`;
		throw new InputError(`${url} has no ${what}, so nothing is known of ${environment}`, [{
			field: "environments",
			expected: "expected environments that the repository has"
		}]);
	}
}
function findingText({ environment, folder, sentence }, edit, states) {
	const overlays = states.find((state) => state.environment === environment)?.overlays ?? [];
	const overlay = overlays.find((each) => each.folder === folder);
	const where = overlays.length > 1 && overlay !== void 0 ? `${environment} ${overlay.application}` : environment;
	if (edit === void 0) return `${where}: ${sentence}`;
	return `${where}: ${sentence}; by ${edit.author} in ${edit.commit.slice(0, 12)}, ${edit.at} (${edit.subject})`;
}
function environmentOutput({ environment, branch, commit = "", overlays }) {
	return {
		environment,
		branch,
		commit,
		images: overlays.flatMap(deploymentsOf).map(({ environment: _, ...deployment }) => deployment)
	};
}
export { run };
