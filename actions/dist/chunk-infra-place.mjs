import { d as judgeSetUpFiles, f as setUpFilesEdit } from "./chunk-edits.mjs";
import { n as sourcePlace, r as withProvider } from "./chunk-gitops-place.mjs";
import { i as setUpMessage, o as titleOf, r as openRepository } from "./chunk-repository-set-up.mjs";
import { n as removeMergedBranch, t as proposeChange } from "./chunk-propose-change.mjs";
// tools/steps/src/infra/ensure-files.ts
async function ensureFiles(setUp, wanted, present) {
	const edit = setUpFilesEdit(wanted.record, wanted.files);
	const kept = theirsAmong(setUp, edit, present);
	const request = requestFor(setUp, edit, wanted);
	const planned = await setUp.git.land({
		...request,
		dryRun: true
	});
	const { name } = wanted;
	if (planned.outcome !== "would land") {
		await removeMergedBranch(setUp, {
			source: wanted.source,
			target: setUp.branch
		});
		return { outcomes: [{
			name,
			outcome: "unchanged",
			diff: ""
		}, ...kept] };
	}
	const done = {
		name,
		outcome: kindOfChange(wanted, present),
		diff: planned.diff
	};
	if (setUp.dryRun) return { outcomes: [done, ...kept] };
	if ((await setUp.forge.getBranch(setUp.name, setUp.branch))?.protected !== true) {
		await setUp.git.land(request);
		return { outcomes: [done, ...kept] };
	}
	const { source, mode } = wanted;
	const body = `${wanted.message}. Files that somebody has changed are left as they are.\n`;
	const { changed, waitsFor } = await proposeChange(setUp, request, {
		source,
		body,
		maker: "set-up",
		mode
	});
	return {
		outcomes: [changed ? done : {
			name,
			outcome: "unchanged",
			diff: ""
		}, ...kept],
		waitsFor
	};
}
function withRecorded(files, recorded) {
	const gone = [...recorded].filter((path) => !files.has(path));
	return new Map([...files, ...gone.map((path) => [path, void 0])]);
}
function theirsAmong(setUp, edit, present) {
	return judgeSetUpFiles(edit, present).filter(({ verdict }) => verdict === "theirs").map(({ path }) => ({
		name: `File ${titleOf(setUp)}/${path}`,
		outcome: "foreign",
		diff: ""
	}));
}
function kindOfChange({ record, files }, present) {
	if ([...files.values()].every((file) => file === void 0)) return "removed";
	return present.has(record) ? "updated" : "created";
}
function requestFor(setUp, edit, wanted) {
	const { url, branch, mark } = setUp;
	const { message, deadlineSeconds, author } = wanted;
	return {
		url,
		branch,
		edits: [edit],
		deadlineSeconds,
		message: setUpMessage(message, mark),
		...author === void 0 ? {} : { author }
	};
}
// tools/steps/src/infra/infra-place.ts
async function infraSetUp(given, step, owner, tools) {
	const conventions = withProvider(given.gitProvider, tools.conventions);
	const { project, app } = infraName(given, conventions);
	const url = given.infraRepoUrl ?? sourcePlace({
		project,
		app
	}, given, {
		...conventions,
		applications: []
	});
	const about = {
		mark: {
			step,
			owner
		},
		purpose: "Infra repository",
		dryRun: tools.dryRun
	};
	const provider = conventions.config.default_git_provider;
	return {
		...await openRepository(url, about, tools),
		conventions,
		provider,
		branch: given.infraBranch
	};
}
function infraName({ infraType, infraProjectName, infraRepoName }, { config }) {
	const usual = infraType === "ci" ? config.infra_ci_repository : config.infra_cd_repository;
	return {
		project: infraProjectName ?? config.infra_project,
		app: infraRepoName ?? usual
	};
}
export { withRecorded as i, infraSetUp as n, ensureFiles as r, infraName as t };
