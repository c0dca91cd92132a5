import { t as openForge } from "./chunk-open-forge.mjs";
// tools/steps/src/capabilities/api-commits.ts
function apiCommits(given, ctx) {
	return { commit: async ({ url, branch }, commit) => {
		const { forge, name } = await openForge(url, given, ctx);
		const { expectedHead, message, author } = commit;
		const asked = {
			branch,
			expectedHead,
			message,
			changes: fileChanges(commit)
		};
		return await forge.commitFiles(name, forge.features.commitAuthor ? {
			...asked,
			author
		} : asked);
	} };
}
function fileChanges({ changes, created }) {
	return [...changes].map(([path, file]) => {
		if (file === void 0) return {
			action: "delete",
			path
		};
		return {
			action: created.includes(path) ? "create" : "update",
			path,
			content: file.bytes
		};
	});
}
export { apiCommits };
