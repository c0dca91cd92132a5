import { Dt as unknown, It as StepError, St as record, gt as int, pt as array, vt as literal, wt as string, xt as object } from "./chunk-base.mjs";
// tools/images/src/manifest.ts
const mediaTypes = {
	ociManifest: "application/vnd.oci.image.manifest.v1+json",
	ociIndex: "application/vnd.oci.image.index.v1+json",
	ociConfig: "application/vnd.oci.image.config.v1+json",
	ociLayerGzip: "application/vnd.oci.image.layer.v1.tar+gzip",
	dockerManifest: "application/vnd.docker.distribution.manifest.v2+json",
	dockerList: "application/vnd.docker.distribution.manifest.list.v2+json"
};
const acceptedManifests = [
	mediaTypes.ociIndex,
	mediaTypes.ociManifest,
	mediaTypes.dockerList,
	mediaTypes.dockerManifest
].join(", ");
const Annotations = record(string(), string()).nullish().transform((each) => each ?? void 0);
const DescriptorDigest = string().regex(/^[a-z0-9+._-]+:[a-fA-F0-9]{32,}$/, "expected a digest");
const Descriptor = object({
	mediaType: string(),
	digest: DescriptorDigest,
	size: int().nonnegative(),
	annotations: Annotations.optional()
});
const Platform = object({
	os: string(),
	architecture: string(),
	variant: string().optional()
});
const ImageManifest = object({
	schemaVersion: literal(2),
	mediaType: string().optional(),
	config: Descriptor,
	layers: array(Descriptor),
	annotations: Annotations.optional()
});
const ImageIndex = object({
	schemaVersion: literal(2),
	mediaType: string().optional(),
	manifests: array(Descriptor.extend({ platform: Platform.optional() })),
	annotations: Annotations.optional()
});
const ImageConfig = object({
	architecture: string(),
	os: string(),
	created: string().optional(),
	config: object({
		Labels: record(string(), string()).nullish(),
		Env: array(string()).nullish(),
		Entrypoint: array(string()).nullish(),
		Cmd: array(string()).nullish(),
		User: string().nullish(),
		WorkingDir: string().nullish()
	}).nullish(),
	rootfs: object({
		type: string(),
		diff_ids: array(string())
	}).optional(),
	history: array(record(string(), unknown())).nullish()
});
function parseManifest(bytes, mediaType, digest, where) {
	const value = parsedJson(bytes, where);
	const isIndex = mediaType === mediaTypes.ociIndex || mediaType === mediaTypes.dockerList;
	const index = isIndex ? ImageIndex.safeParse(value) : void 0;
	if (index?.success) return {
		bytes,
		digest,
		mediaType,
		kind: "index",
		index: index.data
	};
	const image = isIndex ? void 0 : ImageManifest.safeParse(value);
	if (image?.success) return {
		bytes,
		digest,
		mediaType,
		kind: "image",
		image: image.data
	};
	throw new StepError(`${where} is not an image manifest that can be used (${mediaType})`, {
		cause: index?.error ?? image?.error,
		hint: "Schema version 1 of docker manifests is not supported; push the image again with a current tool."
	});
}
function pickPlatform(index, wanted) {
	const fits = index.manifests.filter(({ platform }) => platform?.os === wanted.os && platform.architecture === wanted.architecture);
	if (wanted.variant === void 0) return fits[0];
	return fits.find(({ platform }) => platform?.variant === wanted.variant) ?? fits.find(({ platform }) => platform?.variant === void 0);
}
function parsedJson(bytes, where) {
	try {
		return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
	} catch (cause) {
		throw new StepError(`${where} is not JSON`, { cause });
	}
}
export { parsedJson as a, parseManifest as i, acceptedManifests as n, pickPlatform as o, mediaTypes as r, ImageConfig as t };
