import { Ft as RetryableError, It as StepError } from "./chunk-base.mjs";
// tools/steps/src/land-proposal.ts
async function landProposal(proposal, git, handle, land) {
	const { url, source: branch, target: createFrom, maker } = proposal;
	const leftOver = await findLeftOver(proposal, git, handle);
	if (leftOver === void 0) return land({
		branch,
		createFrom
	});
	const landed = await land({
		branch,
		createFrom,
		leftOver
	});
	if (landed.outcome !== "already there") return landed;
	throw new RetryableError(`${createFrom} of ${url} has changed while a ${maker} was made for it`);
}
async function findLeftOver({ url, source, target, isOurs, maker }, git, { forge, name }) {
	const [sourceRef, targetRef] = [`refs/heads/${source}`, `refs/heads/${target}`];
	const tips = await git.listRefs(url, [sourceRef, targetRef]);
	const tipOf = (wanted) => tips.find(({ ref }) => ref === wanted)?.commit;
	const tip = tipOf(sourceRef);
	if (tip === void 0 || tip === tipOf(targetRef)) return void 0;
	if (await forge.findChangeRequest(name, {
		source,
		target
	}) !== void 0) return void 0;
	const { parents, message } = await git.readCommit(url, tip);
	if (!isOurs(message)) throw new StepError(`${source} of ${url} has a commit that no ${maker} made: ${tip}`, { hint: `Open a pull request for it, or delete the branch; then run the ${maker} again.` });
	return parents[0] === tipOf(targetRef) ? void 0 : tip;
}
export { landProposal as t };
