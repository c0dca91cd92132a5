import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Container, ScriptTemplate } from '@luban-ci/argo-workflows-schema';
import { createRedactor, InputError } from '@luban-ci/core';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { type Pod, type PodResult, programIsMissing, type RunPod } from '../engine/pod.ts';
import type { Catalog } from '../model/catalog.ts';
import { containerEnvironment, expandReferences } from './container-environment.ts';
import { isInstalled } from './find-program.ts';
import { findImageMapping, type ImageMapping, programFor } from './image-mapping.ts';
import { createLineBuffer, type LineBuffer } from './line-buffer.ts';
import { createNodeFolder, type NodeFolder } from './node-folder.ts';
import { mapPath, mapPaths } from './path-mapping.ts';

export interface ContainerHost {
  /** The run's folder, absolute. */
  folder: string;
  namespace: string;
  catalog: Catalog;
  images: readonly ImageMapping[];
  /** The environment of this process, of which a child sees only PATH, locale and certificates. */
  environment: NodeJS.ProcessEnv;
  /** Whole lines, with the values of Secrets taken out; only the last one may lack its newline. */
  onOutput: (pod: Pod, chunk: string, stream: 'stdout' | 'stderr') => void;
}

/** Between SIGTERM and SIGKILL; Kubernetes' own default is 30 s. */
const graceSeconds = 10;

/** Runs containers as programs of this machine, each in folders of its own. */
export function createContainerRunner(host: ContainerHost): RunPod {
  return async (pod, signal) => {
    const place = await createNodeFolder(pod, host);
    const { values, secrets } = containerEnvironment(pod.container, { ...host, podName: pod.podName });
    const mapping = mappingFor(pod.container.image ?? '', host.images);
    const { program, args } = await commandOf(pod.container, mapping, place, values);
    const env = environmentOf(values, mapping, place, host);
    if (!(await isInstalled(program, env['PATH'] ?? ''))) {
      const problem = `${program} is not installed`;
      return { exitCode: programIsMissing, problem, stdout: '', files: new Map() };
    }
    const redactor = createRedactor(secrets);
    const linesOf = (stream: 'stdout' | 'stderr'): LineBuffer =>
      createLineBuffer((text) => host.onOutput(pod, redactor.redact(text), stream));
    const lines = { stdout: linesOf('stdout'), stderr: linesOf('stderr') };
    const ended = await runProgram(program, args, {
      cwd: workingFolder(pod, place),
      env,
      signal,
      signalAsExitCode: true,
      endGroupAfterSeconds: graceSeconds,
      onOutput: (chunk, stream) => lines[stream].add(chunk),
    }).finally(() => [lines.stdout, lines.stderr].map((each) => each.end()));
    return { exitCode: ended.exitCode, stdout: ended.stdout, files: await filesOf(pod, place) };
  };
}

function mappingFor(image: string, images: readonly ImageMapping[]): ImageMapping {
  const mapping = findImageMapping(image, images);
  if (mapping !== undefined) return mapping;
  throw new InputError(`no program of this machine is mapped to the image ${image}`);
}

async function commandOf(
  container: Container | ScriptTemplate,
  mapping: ImageMapping,
  place: NodeFolder,
  values: Readonly<Record<string, string>>,
): Promise<{ program: string; args: readonly string[] }> {
  const local = (text: string): string => mapPaths(expandReferences(text, values), place.paths);
  const script = 'source' in container ? [await writeScript(container.source ?? '', place)] : [];
  const command = (container.command ?? []).map(local);
  const args = [...script, ...(container.args ?? []).map(local)];
  return programFor(mapping, container.image ?? '', command, args);
}

/** The source is text of the template, never of an input; its mapped paths are rewritten like those of arguments. */
async function writeScript(source: string, place: NodeFolder): Promise<string> {
  const file = join(place.work, '..', 'script');
  await writeFile(file, mapPaths(source, place.paths), { mode: 0o700 });
  return file;
}

function environmentOf(
  values: Readonly<Record<string, string>>,
  mapping: ImageMapping,
  place: NodeFolder,
  host: ContainerHost,
): Record<string, string> {
  const mapped = Object.entries(values).map(([name, value]) => [name, mapPaths(value, place.paths)]);
  return {
    ...plainEnvironment(host.environment),
    HOME: place.home,
    TMPDIR: place.temporary,
    ...Object.fromEntries(mapped),
    ...mapping.env,
  };
}

/** A folder that is not in any volume exists in the image only; here the pod's own folder takes its place. */
function workingFolder(pod: Pod, place: NodeFolder): string {
  return mapPath(pod.container.workingDir ?? '', place.paths) ?? place.work;
}

async function filesOf(pod: Pod, place: NodeFolder): Promise<PodResult['files']> {
  const files = new Map<string, string>();
  for (const path of pod.outputPaths) {
    const local = mapPath(path, place.paths);
    const text = local === undefined ? undefined : await readFile(local, 'utf8').catch(() => undefined);
    if (text !== undefined) files.set(path, text);
  }
  return files;
}
