import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildBundle, bundles } from '@luban-ci/bundle';
import { imageNames, makeBuilderContext, readVersions, type Versions } from '@luban-ci/stack';
import type { Prepared } from '../prepare.ts';
import { recipeDigest } from '../recipe-digest.ts';
import { buildahInDebian, type ImageWorkshop, preparedImage } from './build-images.ts';

/** As pods name it; `platform/luban` says so in the configuration. */
export const cnbBuilderImage = 'luban.test/cnb-builder:1';

/** The Debian of `stack/`, on the Debian that the other images begin with, from a registry that pods reach. */
export async function clusterVersions(repository: string): Promise<Versions> {
  const versions = await readVersions(repository);
  return {
    ...versions,
    repository: 'registry.luban-test.svc/luban-ci',
    bases: { ...versions.bases, debian: 'luban.test/debian:trixie' },
  };
}

/** What the builder `cnb` needs: base, build and run image, and the builder, built from `stack/` as the repository is now. */
export async function cnbImages(workshop: ImageWorkshop): Promise<Prepared[]> {
  const { repository } = workshop.debian;
  const versions = await clusterVersions(repository);
  const names = await imageNames(repository, 'debian', versions);
  const stack = names.stack.map(({ image, folder, base }): Prepared => {
    const context = join(repository, folder);
    const job = { name: image, context, dockerfile: join(context, 'Dockerfile') };
    const values = { BASE: base, STACK: versions.stack };
    const make = (marker: string): Promise<void> => buildahInDebian([{ ...job, values, marker }], workshop);
    return preparedImage({ name: image, digest: 'stack', seconds: 30, on: [base], make }, workshop);
  });
  const digest = await digestOf(repository, names.builder);
  const [BASE, LIFECYCLE] = [names.buildImage, names.lifecycle];
  const builder = { name: cnbBuilderImage, digest, seconds: 20, on: [BASE, LIFECYCLE], make };
  return [...stack, preparedImage(builder, workshop)];

  async function make(marker: string): Promise<void> {
    const context = await mkdtemp(join(workshop.cache, 'context-'));
    try {
      const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
      const { environment } = workshop;
      await makeBuilderContext(context, { root: repository, versions, names, architecture, environment });
      const dockerfile = join(repository, 'stack/builder/Dockerfile');
      await buildahInDebian(
        [{ name: cnbBuilderImage, context, dockerfile, values: { BASE, LIFECYCLE }, marker }],
        workshop,
      );
    } finally {
      await rm(context, { recursive: true, force: true });
    }
  }
}

async function digestOf(repository: string, builder: string): Promise<string> {
  const names = ['buildpack.toml', 'bin/detect', 'bin/build'];
  const files = await Promise.all(names.map((name) => readFile(join(repository, 'buildpacks/python-uv', name))));
  return recipeDigest([builder, ...files, ...Object.values(await buildBundle(repository, bundles.buildpack))]);
}
