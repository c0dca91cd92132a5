import { Pt as InputError } from "./chunk-base.mjs";
import { o as pickPlatform } from "./chunk-manifest.mjs";
// tools/images/src/versions/platforms-of.ts
function parsePlatform(text) {
	const [, os, architecture, variant] = /^([a-z0-9]+)\/([a-z0-9_]+)(?:\/([a-z0-9.]+))?$/.exec(text) ?? [];
	if (os === void 0 || architecture === void 0) throw new InputError(`${JSON.stringify(text.slice(0, 120))} is no platform`, [{
		field: "platforms",
		expected: "expected os/architecture or os/architecture/variant, such as linux/arm64"
	}]);
	return {
		os,
		architecture,
		...variant === void 0 ? {} : { variant }
	};
}
function formatPlatform({ os, architecture, variant }) {
	return [
		os,
		architecture,
		variant
	].filter((part) => part !== void 0).join("/");
}
async function missingPlatforms(registry, image, manifest, wanted) {
	if (manifest.kind === "index") return wanted.filter((each) => pickPlatform(manifest.index, each) === void 0).map(formatPlatform);
	const { registry: host, path } = image;
	const config = await registry.readImageConfig({
		registry: host,
		path,
		digest: manifest.digest
	});
	return wanted.filter((each) => each.os !== config?.os || each.architecture !== config.architecture).map(formatPlatform);
}
export { parsePlatform as n, missingPlatforms as t };
