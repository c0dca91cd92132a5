// tools/steps/src/commit-of.ts
async function commitOf(git, repoUrl, revision) {
	if (isCommitId(revision)) return revision;
	return (await git.resolveRef(repoUrl, revision)).commit;
}
function isCommitId(text) {
	return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text);
}
export { isCommitId as n, commitOf as t };
