import { l as parseRepositoryUrl } from "./chunk-base.mjs";
// tools/steps/src/set-up/repository-set-up.ts
async function openRepository(url, about, { forge, git, log }) {
	return {
		...about,
		...await forge.of(url),
		git: git.of(url),
		url,
		log
	};
}
function titleOf({ name }) {
	return `${name.owner}/${name.repository}`;
}
function descriptionOf({ purpose, mark }) {
	return `${purpose} of ${mark.owner}, made by Luban CI (${mark.step})`;
}
function setUpMessage(message, { step, owner }) {
	return `${message}\n\nLuban-Set-Up: ${step} ${owner}`;
}
function isSetUpMessage(message, { step, owner }) {
	return message.split("\n").includes(`Luban-Set-Up: ${step} ${owner}`);
}
function shownAs(kind, { url }, part) {
	const { owner, repository } = parseRepositoryUrl(url);
	return {
		kind,
		namespace: owner,
		name: part === void 0 ? repository : `${repository}/${part}`
	};
}
export { shownAs as a, setUpMessage as i, isSetUpMessage as n, titleOf as o, openRepository as r, descriptionOf as t };
