import { Pt as InputError } from "./chunk-base.mjs";
// tools/steps/src/image-version.ts
function imageVersion(given) {
	const { imageTag: tag, digest } = given;
	if (tag !== void 0 && digest !== void 0) return {
		tag,
		digest
	};
	if (tag !== void 0) return { tag };
	if (digest !== void 0) return { digest };
	throw new InputError("There is no version to set", [{
		field: "imageTag",
		expected: "expected a tag, a digest, or both"
	}]);
}
export { imageVersion as t };
