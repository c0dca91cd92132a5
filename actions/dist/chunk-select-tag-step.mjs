import { V as defineStep, bt as number, dt as _enum, ht as boolean, n as fields, pt as array, wt as string, xt as object } from "./chunk-base.mjs";
// tools/steps/src/select-tag/step.ts
const step = defineStep({
	id: "select-tag",
	summary: "Chooses a tag of an image by version, number, name, age or digest, and says why.",
	inputs: object({
		image: fields.image,
		policy: _enum([
			"semver",
			"numerical",
			"alphabetical",
			"newest",
			"digest"
		]).default("semver").describe("What decides: the highest version, a number, the alphabet, the time of the build, or one tag alone."),
		range: string().max(512).optional().describe("For semver: the range that versions have to be in."),
		coerce: boolean().default(false).describe("For semver: whether 1.2 counts as 1.2.0, too."),
		order: _enum(["ascending", "descending"]).default("ascending").describe("For numerical and alphabetical: whether the last in this order wins, as in Flux."),
		imageTag: fields.imageTag.optional().describe("For digest: the tag whose digest is asked for."),
		pattern: string().max(1e3).optional().describe("Regular expression in the syntax of RE2 that tags have to match."),
		extract: string().max(200).optional().describe("What of a matching tag is compared: $name or $1."),
		platforms: array(string()).default([]).describe("Platforms that the tag has to have an image for."),
		mostLookedInto: number().int().min(1).max(1e3).default(100).describe("How many images may be looked into, for their time or their platforms."),
		failOnNone: boolean().default(true).describe("Whether it is a failure that no tag may be chosen.")
	}),
	outputs: object({
		found: boolean().describe("Whether there is such a tag."),
		image: string().describe("Image repository."),
		imageTag: string().optional().describe("The tag."),
		digest: string().optional().describe("Digest of the image manifest behind it."),
		reference: string().optional().describe("All three as one: image, tag and digest."),
		runnerUp: string().optional().describe("The tag that would be next."),
		explanation: array(string()).describe("Why this tag won and the next one lost, a sentence each.")
	}),
	needs: ["registry"],
	writes: false,
	examples: [
		{
			title: "The highest 1.x release",
			inputs: {
				image: "quay.io/payment/cart-service",
				range: "^1.4"
			}
		},
		{
			title: "The last build of a branch",
			inputs: {
				image: "quay.io/payment/cart-service",
				policy: "numerical",
				pattern: "^main-[a-f0-9]+-(?P<ts>[0-9]+)$",
				extract: "$ts"
			}
		},
		{
			title: "What latest stands for, for two platforms",
			inputs: {
				image: "docker.io/library/alpine",
				policy: "digest",
				imageTag: "latest",
				platforms: ["linux/amd64", "linux/arm64"]
			}
		}
	]
});
export { step };
