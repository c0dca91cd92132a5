import { O as layouts } from "./chunk-edits.mjs";
import { V as defineStep, dt as _enum, ht as boolean, n as fields, pt as array, wt as string, xt as object } from "./chunk-base.mjs";
// tools/steps/src/set-image/step.ts
const step = defineStep({
	id: "set-image",
	summary: "Sets the version of an image in every file of a folder that names it, in whatever layout it does.",
	inputs: object({
		path: string().default(".").describe("Folder of the environment in the workspace."),
		image: fields.image,
		imageTag: fields.imageTag.optional(),
		digest: fields.digest.optional(),
		layouts: array(_enum(layouts)).min(1).default([...layouts]).describe("What to look at: kustomize, manifest, helm, argocd, flux."),
		repoUrl: fields.repoUrl.optional(),
		revision: fields.revision.optional(),
		orderKey: fields.orderKey.optional(),
		allowDowngrade: boolean().default(false).describe("Put an older build in place of a newer one; this is recorded.")
	}),
	outputs: object({
		files: array(string()).describe("Files that have the image at this version now, relative to the workspace."),
		places: array(string()).describe("Each place that names it: file, path in it, and layout."),
		image: string().describe("Image repository."),
		imageTag: string().optional().describe("Tag that was asked for."),
		digest: string().optional().describe("Digest that was asked for."),
		superseded: boolean().describe("Whether something newer was in place."),
		supersededBy: string().optional().describe("What it was.")
	}),
	needs: [],
	writes: true,
	examples: [{
		title: "Everything in one environment, whatever its files look like",
		inputs: {
			path: "environments/snd",
			image: "quay.io/payment/cart-service",
			imageTag: "1.1.0"
		}
	}, {
		title: "Only the values of charts, and never an older build over a newer one",
		inputs: {
			path: "environments/snd",
			image: "quay.io/payment/cart-service",
			imageTag: "1.1.0",
			layouts: ["helm"],
			orderKey: "2026-01-02T03:04:05Z"
		}
	}]
});
export { step };
