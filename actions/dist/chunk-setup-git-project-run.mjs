import { t as showDifference } from "./chunk-show-difference.mjs";
import { n as sourcePlace, r as withProvider } from "./chunk-gitops-place.mjs";
import { n as setUpResult } from "./chunk-outcome.mjs";
import { t as step } from "./chunk-step4.mjs";
// tools/steps/src/setup-git-project/run.ts
async function run(inputs, ctx) {
	const { projectName: project, gitOrganization, remove } = inputs;
	const conventions = withProvider(inputs.gitProvider, ctx.conventions);
	const anyRepository = sourcePlace({
		project,
		app: project
	}, { gitOrganization }, conventions);
	const { forge, name } = await ctx.forge.of(anyRepository);
	const repositoryOwner = name.owner;
	if (!forge.features.projectCreation) {
		const summary = `${forge.provider} has no projects: repositories belong to ${repositoryOwner}, which people make`;
		return {
			changed: false,
			outputs: {
				repositoryOwner,
				changedObjects: [],
				leftObjects: []
			},
			summary
		};
	}
	const setUp = {
		forge,
		owner: repositoryOwner,
		description: `Project of ${project}, made by Luban CI (${step.id})`,
		dryRun: ctx.dryRun
	};
	const outcome = remove ? await removeProject(setUp) : await ensureProject(setUp);
	return setUpResult(`The project ${repositoryOwner}`, [outcome], ctx.dryRun, { repositoryOwner });
}
async function ensureProject({ forge, owner, description, dryRun }) {
	const name = `GitProject ${owner}`;
	if (await forge.findProject(owner) !== void 0) return {
		name,
		outcome: "unchanged",
		diff: ""
	};
	if (!dryRun) await forge.ensureProject(owner, { description });
	return {
		name,
		outcome: "created",
		diff: showProject(owner, void 0, { description })
	};
}
async function removeProject({ forge, owner, description, dryRun }) {
	const name = `GitProject ${owner}`;
	const found = await forge.findProject(owner);
	if (found === void 0) return {
		name,
		outcome: "absent",
		diff: ""
	};
	if (found.description !== description) return {
		name,
		outcome: "foreign",
		diff: ""
	};
	if (found.repositories.length > 0) return {
		name: `${name} (it holds ${found.repositories.join(", ")})`,
		outcome: "foreign",
		diff: ""
	};
	if (!dryRun) await forge.deleteProject(owner);
	return {
		name,
		outcome: "removed",
		diff: showProject(owner, found, void 0)
	};
}
function showProject(owner, before, after) {
	const fields = (each) => each === void 0 ? void 0 : { description: each.description };
	return showDifference({
		kind: "GitProject",
		name: owner
	}, fields(before), fields(after));
}
export { run };
