import { pt as StepError } from "./chunk-base.mjs";
import { t as verifyRecord } from "./chunk-edits.mjs";
import { n as readOverlay } from "./chunk-overlay-state.mjs";
// tools/steps/src/verify/run.ts
async function run(inputs, ctx) {
	const { gitopsRepoUrl: url } = inputs;
	const { conventions } = ctx;
	const wanted = inputs.environments.length > 0 ? inputs.environments : conventions.config.environments;
	const git = ctx.git.of(url);
	const environments = [];
	const findings = [];
	for (const environment of wanted) {
		const branch = conventions.branchOf(environment);
		const state = await readOverlay(git, url, branch, conventions.overlayOf(environment));
		environments.push({
			environment,
			branch,
			commit: state.commit,
			images: imagesOf(state)
		});
		const differing = verifyRecord({ images: state.record }, deployed(state)).map(sentenceOf);
		findings.push(...[...differing, ...aliases(state)].map((sentence) => `${environment}: ${sentence}`));
	}
	for (const finding of findings) ctx.log.warn(finding);
	if (findings.length > 0 && inputs.failOnFindings) throw new StepError(`${url} is not as it was recorded: ${findings.join("; ")}`, { hint: "Deploy, promote or roll back instead of editing by hand, or accept it with a new deployment." });
	const summary = findings.length === 0 ? `${url} is as it was recorded` : `${findings.length} findings in ${url}`;
	return {
		changed: false,
		outputs: {
			sound: findings.length === 0,
			environments,
			findings
		},
		summary
	};
}
function deployed(state) {
	return state.images.filter(({ name, newName }) => state.record[name] !== void 0 || newName === void 0);
}
function imagesOf(state) {
	return state.images.map(({ name, newName, newTag: tag, digest }) => {
		const entry = state.record[name];
		const { digest: recordedDigest, sourceRepository, sourceCommit, at, run, requestedBy, promotedFrom } = entry?.tag === tag && (digest === void 0 || entry?.digest === digest) && entry !== void 0 ? entry : {};
		return {
			image: newName ?? name,
			...present({
				tag,
				digest: digest ?? recordedDigest,
				sourceRepository,
				sourceCommit,
				since: at,
				run,
				requestedBy,
				promotedFrom
			})
		};
	});
}
function present(values) {
	return Object.fromEntries(Object.entries(values).filter((pair) => pair[1] !== void 0));
}
function aliases(state) {
	return state.images.filter(({ name, newName }) => newName !== void 0 && newName !== name && name.includes("/")).filter(({ name }) => state.record[name] !== void 0).map(({ name, newName }) => `${name} is replaced by ${newName}, which was never recorded`);
}
function sentenceOf(finding) {
	if (finding.finding === "not recorded") return `${finding.image} at ${stateText(finding.found)} was never recorded`;
	if (finding.finding === "removed by hand") return `${finding.image} was removed; ${stateText(finding.recorded)} is recorded`;
	return `${finding.image} is at ${stateText(finding.found)}, and ${stateText(finding.recorded)} is recorded`;
}
function stateText({ tag, digest }) {
	return [tag, digest].filter((part) => part !== void 0).join("@") || "no version";
}
export { run };
