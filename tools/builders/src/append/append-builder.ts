import type { Log } from '@luban-ci/core';
import { type Descriptor, type ImageReference, mediaTypes, type Platform, type RegistryClient } from '@luban-ci/images';
import type { Builder, BuildRequest, BuiltImage, CheckedOutSource } from '../builder.ts';
import { readBaseImage } from './base-image.ts';
import { chooseWheel } from './choose-wheel.ts';
import { fetchWheel } from './fetch-wheel.ts';
import { imageConfig, provenance } from './image-config.ts';
import { type ImageFile, places } from './image-file.ts';
import { packLayer } from './layer.ts';
import { lockedPackages } from './locked-packages.ts';
import { type PythonProject, readPythonProject } from './project.ts';
import { bytesOf, publishImage, publishIndex } from './publish.ts';
import { sourceFiles } from './source-files.ts';
import { startCommand, startScript } from './start-script.ts';
import type { Libc, PythonTarget } from './target.ts';
import { unpackWheel } from './unpack-wheel.ts';
import { parseUvLock } from './uv-lock.ts';

export interface AppendOptions {
  registry: RegistryClient;
  /** An image with Python that says so in PYTHON_VERSION. */
  base: ImageReference;
  /** C library of the base image, which decides about the wheels that run on it. */
  libc: Libc;
  fetch: typeof fetch;
  log: Log;
  signal: AbortSignal;
}

/**
 * Puts a Python application on top of a base image without a daemon, an emulator or a Python: a layer of the locked
 * dependencies, which changes only with the lock file, and a layer of source. The same commit on the same base gives
 * the same digest on every machine.
 */
export function createAppendBuilder(options: AppendOptions): Builder {
  return { name: 'append', build: (request) => build(request, options) };
}

async function build(request: BuildRequest, options: AppendOptions): Promise<BuiltImage> {
  const checkedOut = await request.source.checkout();
  const project = await readPythonProject(checkedOut.folder);
  const manifests: { platform: Platform; descriptor: Descriptor; changed: boolean }[] = [];
  for (const platform of request.platforms) {
    const published = await buildFor(platform, request, checkedOut, project, options);
    manifests.push({ platform, ...published });
  }
  const published = await publishIndex(options.registry, request, manifests);
  return { digest: published.digest, changed: published.changed || manifests.some((each) => each.changed) };
}

async function buildFor(
  platform: Platform,
  request: BuildRequest,
  checkedOut: CheckedOutSource,
  project: PythonProject,
  options: AppendOptions,
): Promise<{ descriptor: Descriptor; changed: boolean }> {
  const base = await readBaseImage(options.registry, options.base, platform);
  const target: PythonTarget = { version: base.pythonVersion, platform, libc: options.libc };
  const dependencies = await dependencyFiles(project, target, checkedOut.folder, options);
  const command = startCommand(project.scripts);
  const layers = [
    ...(dependencies.length === 0
      ? []
      : [{ layer: await packLayer(dependencies), createdBy: 'luban: locked dependencies' }]),
    { layer: await packLayer(await applicationFiles(project, checkedOut.folder)), createdBy: 'luban: source' },
  ];
  const labels = provenance(request.source, checkedOut, base);
  const config = bytesOf(imageConfig(base, platform, layers, labels, command));
  options.log.info(
    `${platform.os}/${platform.architecture}: ${dependencies.length} dependency files on Python ${target.version}, starts with ${command}`,
  );
  return publishImage(options.registry, request.image, {
    base,
    config: { bytes: config, mediaType: mediaTypes.ociConfig },
    layers: layers.map(({ layer }) => layer),
    annotations: labels,
  });
}

async function dependencyFiles(
  project: PythonProject,
  target: PythonTarget,
  folder: string,
  options: AppendOptions,
): Promise<ImageFile[]> {
  const wheels = lockedPackages(parseUvLock(project.lock), target).map((locked) => chooseWheel(locked, target));
  const files: ImageFile[] = [];
  for (const wheel of wheels) {
    options.log.info(`${wheel.package} ${wheel.version}: ${wheel.file}`);
    files.push(
      ...unpackWheel(await fetchWheel(wheel, { folder, fetch: options.fetch, signal: options.signal }), wheel),
    );
  }
  return files;
}

async function applicationFiles(project: PythonProject, folder: string): Promise<ImageFile[]> {
  const programs = Object.entries(project.scripts).map(([name, entryPoint]) => ({
    path: `${places.programs}/${name}`,
    content: startScript(entryPoint, `${name} of pyproject.toml`),
    isExecutable: true,
  }));
  return [...programs, ...(await sourceFiles(folder))];
}
