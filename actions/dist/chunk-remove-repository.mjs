import { r as unifiedDiff } from "./chunk-edits.mjs";
import { t as showDifference } from "./chunk-show-difference.mjs";
import { a as shownAs, i as setUpMessage, n as isSetUpMessage, o as titleOf, t as descriptionOf } from "./chunk-repository-set-up.mjs";
// tools/steps/src/set-up/ensure-content.ts
async function ensureContent(setUp, repository, { branches, files, message, author }) {
	const present = repository === void 0 ? [] : await branchesOf(setUp);
	const missing = branches.filter((branch) => !present.includes(branch));
	const told = (branch, outcome, diff = "") => ({
		name: `Branch ${titleOf(setUp)}/${branch}`,
		outcome,
		diff
	});
	const isEmpty = present.length === 0;
	if (missing.length === 0) return {
		missing,
		wasEmpty: isEmpty,
		outcomes: branches.map((branch) => told(branch, "unchanged"))
	};
	const filled = isEmpty ? files : new Map();
	const start = present.find((branch) => branch === repository?.defaultBranch) ?? present[0];
	if (!setUp.dryRun) {
		const all = start === void 0 ? branches : [start, ...branches.filter((branch) => branch !== start)];
		const text = setUpMessage(message, setUp.mark);
		await setUp.git.pushInitial({
			url: setUp.url,
			branches: all,
			files: filled,
			message: text,
			...author === void 0 ? {} : { author }
		});
	}
	return {
		missing,
		wasEmpty: isEmpty,
		outcomes: branches.map((branch, at) => {
			if (!missing.includes(branch)) return told(branch, "unchanged");
			if (isEmpty && at === 0) return told(branch, "created", unifiedDiff(new Map(), filled));
			const from = { from: start ?? branches[0] };
			return told(branch, "created", showDifference(shownAs("Branch", setUp, branch), void 0, from));
		})
	};
}
async function branchesOf({ git, url }) {
	return (await git.listRefs(url)).flatMap(({ ref }) => ref.startsWith("refs/heads/") ? [ref.slice(11)] : []);
}
// tools/steps/src/set-up/ensure-repository.ts
async function ensureRepository(setUp) {
	const { forge, name, dryRun } = setUp;
	const found = await forge.getRepository(name);
	const title = `Repository ${titleOf(setUp)}`;
	if (found !== void 0) return {
		repository: found,
		ensured: {
			name: title,
			outcome: "unchanged",
			diff: ""
		}
	};
	const description = descriptionOf(setUp);
	const ensured = {
		name: title,
		outcome: "created",
		diff: showDifference(shownAs("Repository", setUp), void 0, {
			private: true,
			description
		})
	};
	if (dryRun) return {
		repository: void 0,
		ensured
	};
	const { value } = await forge.createRepository(name, { description });
	return {
		repository: value,
		ensured
	};
}
// tools/steps/src/set-up/remove-repository.ts
async function removeRepository(setUp) {
	const { forge, name, dryRun } = setUp;
	const found = await forge.getRepository(name);
	const told = (outcome, why = "", diff = "") => ({
		name: `Repository ${titleOf(setUp)}${why}`,
		outcome,
		diff
	});
	if (found === void 0) return told("absent");
	if (!forge.features.repositoryDescription) return told("foreign", ` (${forge.provider} keeps no word of who made it)`);
	const { description } = found;
	if (description !== descriptionOf(setUp)) return told("foreign");
	const work = await workIn(setUp);
	if (work !== void 0) return told("foreign", ` (it holds work: ${work})`);
	if (!dryRun) await forge.deleteRepository(name);
	const before = {
		private: found.private,
		description
	};
	return told("removed", "", showDifference(shownAs("Repository", setUp), before, void 0));
}
async function workIn({ git, url, mark }) {
	const tips = (await git.listRefs(url)).filter(({ ref }) => /^refs\/(?:heads|tags)\//.test(ref)).map(({ commit }) => commit);
	return firstOtherCommit({
		git,
		url,
		mark
	}, [...new Set(tips)]);
}
async function firstOtherCommit(place, tips) {
	const known = new Set(tips);
	const waiting = [...tips];
	for (let id = waiting.pop(); id !== void 0; id = waiting.pop()) {
		const { commit, message, parents } = await place.git.readCommit(place.url, id);
		if (!isSetUpMessage(message, place.mark)) return `${commit.slice(0, 12)} ${message.split("\n")[0]}`;
		const further = parents.filter((each) => !known.has(each));
		for (const each of further) known.add(each);
		waiting.push(...further);
	}
}
export { ensureContent as i, ensureRepository as n, branchesOf as r, removeRepository as t };
