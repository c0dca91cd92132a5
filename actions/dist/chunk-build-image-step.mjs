import { St as record, U as DnsLabel, V as defineStep, bt as number, ht as boolean, i as refName, n as fields, nt as BuilderName, pt as array, r as imageReference, wt as string, xt as object } from "./chunk-base.mjs";
import { E as isRepositoryPath } from "./chunk-edits.mjs";
// tools/steps/src/build-image/step.ts
const step = defineStep({
	id: "build-image",
	summary: "Makes the image of a commit, or tags the one that was made of it before.",
	inputs: object({
		repoUrl: fields.repoUrl,
		revision: refName("Full id of the source commit, or a branch or tag to take it from."),
		gitRef: refName("The ref that was pushed: a tag gives the image its version.").default(""),
		image: fields.image.optional().describe("Image repository; by default as luban-config names it."),
		imageTag: fields.imageTag.optional().describe("Tag for the image, beside the commit id; by default the version of a git tag, else the commit id."),
		projectName: fields.projectName,
		registryNamespace: fields.projectName.optional().describe("Project in the registry, where it is called otherwise."),
		appName: fields.appName,
		subPath: string().refine((path) => path === "." || isRepositoryPath(path), "expected a relative folder inside the repository").default(".").describe("Folder of the application in the repository."),
		builder: BuilderName.optional().describe("How to build; by default as luban-config says."),
		requestId: string().min(1).max(4e3).optional().describe("Unique for this request and the same for its retries; by default the commit and tag."),
		baseImage: imageReference("Base image of the append builder; by default as luban-config says.").optional(),
		builderImage: imageReference("Builder image of the cnb builder; by default as luban-config says.").optional(),
		gitopsUtilsImage: imageReference("Image with the luban command, which fetches the source for the cnb builder; by default as luban-config says.").optional(),
		gitSecretName: DnsLabel.default("github-creds").describe("Secret of the namespace with which the cnb builder fetches the source."),
		registrySecretName: DnsLabel.default("harbor-creds").describe("Secret of the namespace, of type kubernetes.io/dockerconfigjson, with which the cnb builder pushes."),
		libc: string().regex(/^(glibc|musl)-\d+\.\d+$/, "expected glibc-<version> or musl-<version>").default("glibc-2.34").describe("C library of the base image, which decides about the wheels that run on it."),
		platforms: array(string()).default([]).describe("Platforms of the append builder; by default as luban-config says."),
		namespace: fields.projectName.optional().describe("Namespace that kpack or the cnb builder builds in; by default as luban-config says."),
		buildEnvironment: record(string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable"), string()).default({}).describe("Build-time variables of this application for kpack and the cnb builder, beside those of luban-config."),
		deadlineSeconds: number().int().min(1).default(3e3).describe("How long kpack or the cnb builder may take.")
	}),
	outputs: object({
		image: string().describe("Image repository."),
		imageTag: string().describe("Tag of the image."),
		digest: string().describe("Digest of the image."),
		revision: string().describe("Full id of the source commit."),
		built: boolean().describe("Whether anything was built; false when the commit had an image already.")
	}),
	needs: [
		"conventions",
		"git",
		"kubernetes",
		"registry"
	],
	writes: true,
	examples: [{
		title: "Without a daemon, on a Python base image",
		inputs: {
			repoUrl: "https://github.com/metasync/cart-service.git",
			revision: "3f786850e387550fdab836ed7e6dc881de23001b",
			image: "quay.io/payment/cart-service",
			imageTag: "1.0.0",
			projectName: "payment",
			appName: "cart-service",
			builder: "append",
			baseImage: "docker.io/library/python:3.13-slim"
		}
	}]
});
export { step };
