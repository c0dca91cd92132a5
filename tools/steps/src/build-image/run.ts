import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import { parseRepository } from '@luban-ci/images';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { chooseBuilder } from './choose-builder.ts';
import { earlierImage } from './earlier-image.ts';
import { platformsOf } from './platforms.ts';
import { imageSource } from './source.ts';
import type { step } from './step.ts';

export async function run(
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<StepResult<OutputsOf<typeof step>>> {
  const image = parseRepository(inputs.image);
  const imageTag = inputs.imageTag ?? inputs.revision;
  const outputs = { image: inputs.image, imageTag };

  const earlier = await earlierImage(ctx.registry, image, inputs.revision);
  if (earlier !== undefined) {
    const { changed } = ctx.dryRun ? { changed: false } : await ctx.registry.retag(image, earlier, imageTag);
    const summary = `${inputs.image}:${imageTag} is the image that was made of ${inputs.revision} before`;
    return { changed, summary, outputs: { ...outputs, digest: earlier, built: false } };
  }

  const builder = await chooseBuilder(inputs, ctx);
  if (ctx.dryRun) {
    const summary = `${builder.name} would build ${inputs.image}:${imageTag} of ${inputs.revision}`;
    return { changed: false, summary, outputs: { ...outputs, digest: '', built: false } };
  }
  await using scratch = await scratchFolder(ctx.temporaryFolder);
  const { digest, changed } = await builder.build({
    source: imageSource(inputs, ctx, scratch.path),
    image,
    tags: [...new Set([imageTag, inputs.revision])],
    platforms: platformsOf(inputs.platforms.length > 0 ? inputs.platforms : ctx.conventions.config.build_platforms),
    requestId: inputs.requestId ?? `${inputs.revision}-${imageTag}`,
  });
  const summary = `${builder.name} built ${inputs.image}:${imageTag} (${digest}) of ${inputs.revision}`;
  return { changed, summary, outputs: { ...outputs, digest, built: true } };
}
