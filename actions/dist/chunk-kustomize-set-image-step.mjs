import { V as defineStep, n as fields, wt as string, xt as object } from "./chunk-base.mjs";
// tools/steps/src/kustomize-set-image/step.ts
const step = defineStep({
	id: "kustomize-set-image",
	summary: "Sets tag and digest of an image in a kustomization of the workspace, and leaves every other byte as it is.",
	inputs: object({
		path: string().default(".").describe("Folder of the kustomization in the workspace."),
		image: fields.image,
		imageTag: fields.imageTag.optional(),
		digest: fields.digest.optional(),
		newName: fields.image.optional().describe("Another image to use in place of it.")
	}),
	outputs: object({
		file: string().describe("The kustomization, relative to the workspace."),
		image: string().describe("Image repository."),
		imageTag: string().optional().describe("Tag that stands there now."),
		digest: string().optional().describe("Digest that stands there now.")
	}),
	needs: [],
	writes: true,
	examples: [{
		title: "Tag and digest of one overlay",
		inputs: {
			path: "app/overlays/snd",
			image: "quay.io/payment/cart-service",
			imageTag: "1.0.0",
			digest: "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
		}
	}]
});
export { step };
