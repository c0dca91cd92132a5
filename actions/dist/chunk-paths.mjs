import { t as isSameRepository } from "./chunk-same-repository.mjs";
// tools/steps/src/environments/shown-text.ts
const usualLength = 300;
function shownText(text, longest = usualLength) {
	const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, " ").trim();
	return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
function shownValues(values) {
	return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => value === void 0 ? [] : [[name, shownText(value)]]));
}
// tools/steps/src/environments/application-name.ts
function applicationOf(gitopsRepoUrl, { applications, config }) {
	const registered = applications.find(({ gitops }) => gitops !== void 0 && isSameRepository(gitops, gitopsRepoUrl));
	if (registered !== void 0) return registered.app;
	const name = gitopsRepoUrl.replace(/\/+$/, "").replace(/\.git$/, "").replace(/^.*[/:]/s, "");
	const [before = "", after = ""] = config.gitops_repository_pattern.split("<app>").map((text) => text.replace(/.*>/, ""));
	return name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after) ? name.slice(before.length, name.length - after.length) : name;
}
// tools/steps/src/environments/overlay-place.ts
const layoutWords = [...[
	"app",
	"apps",
	"applications",
	"services",
	"overlay",
	"overlays",
	"env",
	"envs",
	"environments"
], ...[
	"cluster",
	"clusters",
	"deploy",
	"deployments",
	"k8s",
	"kustomize",
	"manifests"
]];
function overlayPlace(folder, environments) {
	const parts = folder.split("/");
	const at = parts.findLastIndex((part) => environments.includes(part));
	const environment = parts[at];
	if (environment === void 0) return void 0;
	return {
		environment,
		application: parts.filter((part, index) => index !== at && !layoutWords.includes(part)).at(-1)
	};
}
// tools/steps/src/environments/paths.ts
function inFolder(folder, name) {
	return folder === "" ? name : `${folder}/${name}`;
}
function folderOf(path) {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
function nameOf(path) {
	return path.slice(path.lastIndexOf("/") + 1);
}
export { overlayPlace as a, shownValues as c, layoutWords as i, inFolder as n, applicationOf as o, nameOf as r, shownText as s, folderOf as t };
