import { x as safeTag } from "./chunk-base.mjs";
// tools/steps/src/image-tag.ts
function imageTagOf(gitRef, revision) {
	const [, tag] = /^refs\/tags\/(.+)$/.exec(gitRef) ?? [];
	return tag === void 0 ? revision : safeTag(tag.replace(/^v(?=\d)/, ""));
}
export { imageTagOf as t };
