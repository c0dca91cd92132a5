import { Lt as messageOf, Pt as InputError } from "./chunk-base.mjs";
import { i as readEnvironments, t as deploymentsOf } from "./chunk-deployments.mjs";
import { t as findingsOf } from "./chunk-findings.mjs";
import { t as knownEnvironments } from "./chunk-known-environments.mjs";
import { s as shownText } from "./chunk-paths.mjs";
import { t as gitopsRepositoryFor } from "./chunk-sibling-repository.mjs";
// tools/steps/src/status/status-table.ts
const widest = 40;
function statusTable(deployments, marks) {
	if (deployments.length === 0) return [];
	const rows = [["application", ...marks.environments]];
	const byApplication = [...Map.groupBy(deployments, (each) => each.application)];
	for (const [application, own] of byApplication.sort(([a], [b]) => a < b ? -1 : 1)) {
		const columns = marks.environments.map((environment) => own.filter((each) => each.environment === environment));
		const lines = Math.max(...columns.map(({ length }) => length));
		for (let line = 0; line < lines; line += 1) {
			const cells = columns.map((column) => cellOf(column[line], marks));
			rows.push([line === 0 ? cut(application) : "", ...cells]);
		}
	}
	return aligned(rows);
}
function cellOf(deployment, marks) {
	if (deployment === void 0) return "";
	if (deployment.state === "placeholder") return "–";
	const { tag, digest, sourceCommit, since } = deployment;
	return [...[
		tag ?? digest?.slice(0, 19) ?? "",
		sourceCommit?.slice(0, 7),
		since?.slice(0, 10)
	].flatMap((part) => part === void 0 ? [] : [cut(part)]), markOf(deployment, marks)].filter((part) => part !== "").join(" ");
}
function markOf(deployment, { waiting, findings }) {
	const isHere = ({ application, environment }) => application === deployment.application && environment === deployment.environment;
	if (deployment.state === "unrecorded") return "?";
	if (deployment.state === "by hand" || findings.some(isHere)) return "!";
	return waiting.some(isHere) ? "↑" : "";
}
function cut(text) {
	return text.length > widest ? `${text.slice(0, 39)}…` : text;
}
function aligned(rows) {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
	return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd());
}
// tools/steps/src/status/waiting-promotions.ts
function waitingPromotions(deployments, environments) {
	const byPlace = Map.groupBy(deployments, placeOf);
	return environments.slice(1).flatMap((environment, at) => {
		return deployments.filter((each) => each.environment === environments[at] && each.state === "deployed").flatMap((source) => {
			const target = (byPlace.get(placeOf({
				...source,
				environment
			})) ?? []).find((each) => each.image === source.image || each.state === "placeholder");
			if (target === void 0 || isSameVersion(source, target)) return [];
			return [{
				application: source.application,
				environment,
				sentence: sentenceOf(source, target)
			}];
		});
	});
}
function placeOf({ repository, application, environment }) {
	return [
		environment,
		repository,
		application
	].join("\n");
}
function isSameVersion(source, target) {
	if (target.state === "placeholder") return false;
	if (source.digest !== void 0 && target.digest !== void 0) return source.digest === target.digest;
	return source.tag === target.tag;
}
function sentenceOf(source, target) {
	const [has, runs] = [versionOf(source), target.state === "placeholder" ? "nothing yet" : versionOf(target)];
	const since = source.since === void 0 ? "" : ` since ${source.since}`;
	return `${source.application}: ${source.environment} has ${has}${since}, and ${target.environment} has ${runs}`;
}
function versionOf({ tag, digest }) {
	return tag ?? digest ?? "no version";
}
// tools/steps/src/status/run.ts
async function run(inputs, ctx) {
	const wanted = knownEnvironments(inputs.environments, ctx.conventions.config.environments);
	const { states, errors } = await readAll(repositoriesOf(inputs, ctx), wanted, ctx);
	const [firstError] = errors.values();
	if (states.length === 0 && firstError !== void 0) throw firstError;
	const deployments = states.flatMap((each) => each.deployments);
	const findings = states.flatMap((each) => each.findings);
	const waiting = waitingPromotions(deployments, wanted);
	const unreadable = [...errors].map(([url, error]) => `${url}: ${shownText(messageOf(error))}`);
	for (const line of statusTable(deployments, {
		environments: wanted,
		waiting,
		findings
	})) ctx.log.info(line);
	const sentences = findings.map(({ environment, application, sentence }) => `${environment} ${application}: ${sentence}`);
	for (const sentence of [...sentences, ...unreadable]) ctx.log.warn(sentence);
	return {
		changed: false,
		outputs: {
			deployments: deployments.map((each) => ({ ...each })),
			waiting: waiting.map(({ sentence }) => sentence),
			findings: sentences,
			commits: states.flatMap((each) => each.commits),
			unreadable
		},
		summary: summaryOf(deployments, findings.length, waiting.length)
	};
}
const mostAtOnce = 4;
async function readAll(urls, wanted, ctx) {
	const states = new Map();
	const errors = new Map();
	const left = urls.values();
	const worker = async () => {
		for (const url of left) await readOne(url, wanted, ctx).then((state) => states.set(url, state), (error) => errors.set(url, error));
	};
	await Promise.all(Array.from({ length: Math.min(mostAtOnce, urls.length) }, worker));
	ctx.signal.throwIfAborted();
	return {
		states: urls.flatMap((url) => states.get(url) ?? []),
		errors
	};
}
async function readOne(url, wanted, ctx) {
	const { config } = ctx.conventions;
	const expected = {
		order: config.environments,
		keepsRecords: config.record !== "none",
		expectsPromotions: true
	};
	const found = await readEnvironments(ctx.git.of(url), url, { environments: wanted }, ctx.conventions);
	const applications = new Map(found.flatMap(({ overlays }) => overlays.map((each) => [each.folder, each.application])));
	return {
		deployments: found.flatMap(({ overlays }) => overlays.flatMap(deploymentsOf).map((each) => ({
			...each,
			repository: url
		}))),
		findings: found.flatMap((state) => findingsOf(state, expected).map((each) => ({
			...each,
			application: applications.get(each.folder) ?? ""
		}))),
		commits: found.flatMap(({ environment, branch, commit }) => commit === void 0 ? [] : [{
			repository: url,
			environment,
			branch,
			commit
		}])
	};
}
function repositoriesOf({ gitopsRepoUrl, gitopsRepoUrls }, { conventions }) {
	const given = [...gitopsRepoUrl === void 0 ? [] : [gitopsRepoUrl], ...gitopsRepoUrls];
	const registered = conventions.applications.map((each) => gitopsRepositoryFor(each.source, each, conventions));
	const urls = [...new Set(given.length > 0 ? given : registered)];
	if (urls.length > 0) return urls;
	throw new InputError("There is no repository to look at", [{
		field: "gitopsRepoUrl",
		expected: "expected the address of a GitOps repository, or luban-repositories with some"
	}]);
}
function summaryOf(deployments, findings, waiting) {
	const applications = new Set(deployments.map(({ application }) => application)).size;
	const counted = (count, what) => `${count} ${what}${count === 1 ? "" : "s"}`;
	return [
		`${counted(deployments.length, "image")} of ${counted(applications, "application")}`,
		counted(findings, "finding"),
		`${counted(waiting, "promotion")} waiting`
	].join(", ");
}
export { run };
