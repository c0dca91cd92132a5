import { n as parsePlatform } from "./chunk-platforms-of.mjs";
import { $ as rm, J as mkdtemp, Pt as InputError, o as insideWorkspace, v as parseReference, y as parseRepository } from "./chunk-base.mjs";
import { t as commitOf } from "./chunk-commit-of.mjs";
import { t as imageTagOf } from "./chunk-image-tag.mjs";
import { join } from "node:path";
// tools/steps/src/scratch-folder.ts
async function scratchFolder(temporaryFolder) {
	const path = await mkdtemp(join(temporaryFolder, "luban-"));
	return {
		path,
		[Symbol.asyncDispose]: () => rm(path, {
			recursive: true,
			force: true
		})
	};
}
// tools/steps/src/build-image/choose-builder.ts
async function chooseBuilder(inputs, ctx) {
	const name = inputs.builder ?? ctx.conventions.config.builder;
	if (name === "append") return appendBuilder(inputs, ctx);
	return name === "cnb" ? cnbBuilder(inputs, ctx) : kpackBuilder(inputs, ctx);
}
async function appendBuilder(inputs, { conventions, registry, log, signal }) {
	if (Object.keys(inputs.buildEnvironment).length > 0) throw new InputError("The append builder runs nothing of the application, so that variables would reach nobody", [{
		field: "buildEnvironment",
		expected: "expected none, or the builder kpack or cnb"
	}]);
	const base = inputs.baseImage ?? conventions.config.build_base_image;
	if (base === void 0) throw new InputError("The append builder needs a base image", [{
		field: "baseImage",
		expected: "expected an image with Python, here or as build_base_image in luban-config"
	}]);
	const { createAppendBuilder } = await import("./chunk-builders.mjs");
	return createAppendBuilder({
		registry,
		base: parseReference(base),
		libc: libcOf(inputs.libc),
		fetch,
		log,
		signal
	});
}
async function kpackBuilder(inputs, ctx) {
	const { conventions, clock, log, signal } = ctx;
	const { createKpackBuilder } = await import("./chunk-builders.mjs");
	return createKpackBuilder({
		kube: await ctx.kubernetes.client(),
		clock,
		log,
		signal,
		namespace: inputs.namespace ?? conventions.buildNamespaceOf(inputs.projectName),
		name: inputs.appName,
		builder: conventions.config.cluster_builder,
		serviceAccount: "workflow-runner",
		environment: {
			...mirrors(ctx),
			...inputs.buildEnvironment
		},
		optionalBindings,
		deadlineSeconds: inputs.deadlineSeconds
	});
}
async function cnbBuilder(inputs, ctx) {
	const { conventions, registry, clock, log, signal } = ctx;
	const builderImage = inputs.builderImage ?? conventions.config.cnb_builder_image;
	const sourceImage = inputs.gitopsUtilsImage ?? conventions.config.gitops_utils_image;
	if (builderImage === void 0 || sourceImage === void 0) throw new InputError("The cnb builder needs two images", [...builderImage === void 0 ? [missing("builderImage", "cnb_builder_image")] : [], ...sourceImage === void 0 ? [missing("gitopsUtilsImage", "gitops_utils_image")] : []]);
	const { createCnbBuilder } = await import("./chunk-builders.mjs");
	return createCnbBuilder({
		kube: await ctx.kubernetes.client(),
		registry,
		clock,
		log,
		signal,
		builderImage,
		sourceImage,
		namespace: inputs.namespace ?? conventions.buildNamespaceOf(inputs.projectName),
		app: inputs.appName,
		gitSecret: inputs.gitSecretName,
		registrySecret: inputs.registrySecretName,
		environment: {
			...mirrors(ctx),
			...inputs.buildEnvironment
		},
		optionalBindings,
		deadlineSeconds: inputs.deadlineSeconds
	});
}
function missing(field, key) {
	return {
		field,
		expected: `expected an image, here or as ${key} in luban-config`
	};
}
const optionalBindings = ["uv-mirror-netrc", "luban-ca-cert"];
function mirrors({ conventions }) {
	const { uv_release_base_url: releases, uv_python_install_mirror: pythons } = conventions.config;
	return {
		...releases === void 0 ? {} : { BP_UV_RELEASE_BASE_URL: releases },
		...pythons === void 0 ? {} : { BP_UV_PYTHON_INSTALL_MIRROR: pythons }
	};
}
function libcOf(text) {
	const [kind, version = ""] = text.split("-");
	const [major = 2, minor = 34] = version.split(".").map(Number);
	return {
		kind: kind === "musl" ? "musl" : "glibc",
		major,
		minor
	};
}
// tools/steps/src/build-image/earlier-image.ts
async function earlierImage(registry, image, revision) {
	const found = await registry.resolve({
		...image,
		tag: revision
	});
	if (found === void 0) return void 0;
	const made = (await registry.readImageConfig({
		...image,
		digest: found.digest
	}))?.config?.Labels?.["org.opencontainers.image.revision"];
	return made === void 0 || made === revision ? found.digest : void 0;
}
// tools/steps/src/build-image/source.ts
function imageSource(inputs, ctx, folder) {
	const { repoUrl, revision, subPath } = inputs;
	return {
		repoUrl,
		revision,
		subPath,
		checkout: async () => {
			const git = ctx.git.of(repoUrl);
			await git.checkout({
				url: repoUrl,
				ref: revision,
				folder,
				depth: 1
			});
			const { committedAt } = await git.readCommit(repoUrl, revision);
			return {
				folder: insideWorkspace(folder, subPath, "subPath"),
				committedAt
			};
		}
	};
}
// tools/steps/src/build-image/run.ts
async function run(inputs, ctx) {
	const { conventions } = ctx;
	const name = inputs.image ?? conventions.imageOf({
		project: inputs.registryNamespace ?? inputs.projectName,
		app: inputs.appName
	});
	const image = parseRepository(name);
	const revision = await commitOf(ctx.git.of(inputs.repoUrl), inputs.repoUrl, inputs.revision);
	const imageTag = inputs.imageTag ?? imageTagOf(inputs.gitRef, revision);
	const outputs = {
		image: name,
		imageTag,
		revision
	};
	const earlier = await earlierImage(ctx.registry, image, revision);
	if (earlier !== void 0) {
		const { changed } = ctx.dryRun ? { changed: false } : await ctx.registry.retag(image, earlier, imageTag);
		return {
			changed,
			summary: `${name}:${imageTag} is the image that was made of ${revision} before`,
			outputs: {
				...outputs,
				digest: earlier,
				built: false
			}
		};
	}
	const platforms = (inputs.platforms.length > 0 ? inputs.platforms : conventions.config.build_platforms).map(parsePlatform);
	const builder = await chooseBuilder(inputs, ctx);
	if (ctx.dryRun) return {
		changed: false,
		summary: `${builder.name} would build ${name}:${imageTag} of ${revision}`,
		outputs: {
			...outputs,
			digest: "",
			built: false
		}
	};
	await using scratch = await scratchFolder(ctx.temporaryFolder);
	const { digest, changed } = await builder.build({
		source: imageSource({
			...inputs,
			revision
		}, ctx, scratch.path),
		image,
		tags: [...new Set([imageTag, revision])],
		platforms,
		requestId: inputs.requestId ?? `${revision}-${imageTag}`
	});
	return {
		changed,
		summary: `${builder.name} built ${name}:${imageTag} (${digest}) of ${revision}`,
		outputs: {
			...outputs,
			digest,
			built: true
		}
	};
}
export { run };
