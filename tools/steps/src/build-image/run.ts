import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import { parsePlatform, parseRepository } from '@luban-ci/images';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { commitOf } from '../commit-of.ts';
import { imageTagOf } from '../image-tag.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { chooseBuilder } from './choose-builder.ts';
import { earlierImage } from './earlier-image.ts';
import { imageSource } from './source.ts';
import type { step } from './step.ts';

export async function run(
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<StepResult<OutputsOf<typeof step>>> {
  const { conventions } = ctx;
  const name =
    inputs.image ??
    conventions.imageOf({ project: inputs.registryNamespace ?? inputs.projectName, app: inputs.appName });
  const image = parseRepository(name);
  const revision = await commitOf(ctx.git.of(inputs.repoUrl), inputs.repoUrl, inputs.revision);
  const imageTag = inputs.imageTag ?? imageTagOf(inputs.gitRef, revision);
  const outputs = { image: name, imageTag, revision };

  const earlier = await earlierImage(ctx.registry, image, revision);
  if (earlier !== undefined) {
    const { changed } = ctx.dryRun ? { changed: false } : await ctx.registry.retag(image, earlier, imageTag);
    const summary = `${name}:${imageTag} is the image that was made of ${revision} before`;
    return { changed, summary, outputs: { ...outputs, digest: earlier, built: false } };
  }

  const wanted = inputs.platforms.length > 0 ? inputs.platforms : conventions.config.build_platforms;
  const platforms = wanted.map(parsePlatform);
  const builder = await chooseBuilder(inputs, ctx);
  if (ctx.dryRun) {
    const summary = `${builder.name} would build ${name}:${imageTag} of ${revision}`;
    return { changed: false, summary, outputs: { ...outputs, digest: '', built: false } };
  }
  await using scratch = await scratchFolder(ctx.temporaryFolder);
  const { digest, changed } = await builder.build({
    source: imageSource({ ...inputs, revision }, ctx, scratch.path),
    image,
    tags: [...new Set([imageTag, revision])],
    platforms,
    requestId: inputs.requestId ?? `${revision}-${imageTag}`,
  });
  const summary = `${builder.name} built ${name}:${imageTag} (${digest}) of ${revision}`;
  return { changed, summary, outputs: { ...outputs, digest, built: true } };
}
