import { It as StepError } from "./chunk-base.mjs";
// tools/steps/src/left-over-branch.ts
async function removeLeftOverBranch({ url, source, target, isOurs, maker }, git, { forge, name }) {
	const [sourceRef, targetRef] = [`refs/heads/${source}`, `refs/heads/${target}`];
	const tips = await git.listRefs(url, [sourceRef, targetRef]);
	const tipOf = (wanted) => tips.find(({ ref }) => ref === wanted)?.commit;
	const tip = tipOf(sourceRef);
	if (tip === void 0 || tip === tipOf(targetRef)) return;
	if (await forge.findChangeRequest(name, {
		source,
		target
	}) !== void 0) return;
	const { parents, message } = await git.readCommit(url, tip);
	if (!isOurs(message)) throw new StepError(`${source} of ${url} has a commit that no ${maker} made: ${tip}`, { hint: `Open a pull request for it, or delete the branch; then run the ${maker} again.` });
	if (parents[0] !== tipOf(targetRef)) await forge.deleteBranch(name, source);
}
export { removeLeftOverBranch as t };
